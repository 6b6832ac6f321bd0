import * as vscode from 'vscode';
import type { Finding, Severity } from '../rules/rule';
import type { DocumentAnalysis } from './analyses';
import { isPython, notebookOf } from './notebooks';
import { rulePage } from './rulePages';
import type { Services } from './services';

/** How long typing must rest before the problems are brought up to date, in milliseconds. */
const delay = 250;

/** Schemes of documents that only show an older or a proposed text beside the real one. */
const secondaryText = /^(git|gitlens.*|review|pr|output|chat.*|vscode-chat.*|vscode-local-history|vscode-scm)$/;

export const diagnosticSource = 'tconv';

/** Findings as problems, kept up to date while the text changes and taken away when it closes. */
export function diagnostics(services: Services): vscode.Disposable {
  const collection = vscode.languages.createDiagnosticCollection(diagnosticSource);
  const waiting = new Map<string, ReturnType<typeof setTimeout>>();

  /** Brings the document, or the notebook that it is a cell of, up to date. */
  const publish = (document: vscode.TextDocument): void => {
    if (document.isClosed) return; // the result would be of a document that is gone
    services.log.guard('Problems', () => {
      const result = services.analyses.of(document);
      if (!result) return collection.delete(document.uri);
      for (const each of result.documents) collection.set(each.uri, problemsOf(services, result, each));
    });
  };
  const forget = (document: vscode.TextDocument): void => {
    const key = document.uri.toString();
    clearTimeout(waiting.get(key));
    waiting.delete(key);
  };
  const schedule = (document: vscode.TextDocument): void => {
    if (!isPython(document) || secondaryText.test(document.uri.scheme)) return;
    forget(document);
    waiting.set(document.uri.toString(), setTimeout(() => {
      waiting.delete(document.uri.toString());
      publish(document);
    }, delay));
  };
  const publishAll = (): void => {
    for (const document of vscode.workspace.textDocuments) {
      if (isPython(document) && !secondaryText.test(document.uri.scheme)) publish(document);
    }
  };

  publishAll();
  return vscode.Disposable.from(
    collection,
    vscode.workspace.onDidOpenTextDocument(schedule),
    vscode.workspace.onDidChangeTextDocument(event => { if (event.contentChanges.length > 0) schedule(event.document); }),
    vscode.workspace.onDidCloseTextDocument(document => {
      forget(document);
      collection.delete(document.uri);
    }),
    // Cells that are moved, added or removed change what names mean in the others.
    vscode.workspace.onDidChangeNotebookDocument(event => {
      const [first] = event.contentChanges.length > 0 ? event.notebook.getCells().map(cell => cell.document).filter(isPython) : [];
      if (first && notebookOf(first)) schedule(first);
    }),
    services.analyses.onDidChange(publishAll),
    new vscode.Disposable(() => { for (const timer of waiting.values()) clearTimeout(timer); }),
  );
}

/** The problems of one document of the analysis. */
function problemsOf(services: Services, result: DocumentAnalysis, document: vscode.TextDocument): vscode.Diagnostic[] {
  return result.analysis.findings.flatMap(finding => {
    const range = result.rangeIn(document, finding.range);
    return range ? [toDiagnostic(services, result, finding, range)] : [];
  });
}

export function toDiagnostic(services: Pick<Services, 'extensionUri'>, result: DocumentAnalysis, finding: Finding, range: vscode.Range): vscode.Diagnostic {
  const diagnostic = new vscode.Diagnostic(range, finding.message, severityOf[finding.severity]);
  diagnostic.source = diagnosticSource;
  diagnostic.code = { value: finding.rule, target: rulePage(services.extensionUri, finding.rule) };
  diagnostic.relatedInformation = finding.related.flatMap(({ range: other, message }) => {
    const location = result.location(other);
    return location ? [new vscode.DiagnosticRelatedInformation(location, message)] : [];
  });
  return diagnostic;
}

const severityOf: Readonly<Record<Severity, vscode.DiagnosticSeverity>> = {
  error: vscode.DiagnosticSeverity.Error,
  warning: vscode.DiagnosticSeverity.Warning,
  information: vscode.DiagnosticSeverity.Information,
  hint: vscode.DiagnosticSeverity.Hint,
};
