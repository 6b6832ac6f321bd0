// Pictures of the extension in a real VS Code. Steps run in the order in which they are given:
//
//   node scripts/screenshot.mjs --file dcgan.py --hover ConvTranspose2d --out out/screenshots/hover.png
//   node scripts/screenshot.mjs --theme light --file dcgan.py --command "Transposed Conv Lens: Open Playground" --wait 1500 --out a.png
//
// The pictures of README and docs are taken by scripts/pictures.mjs.
import { parseArgs } from 'node:util';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { build, packageQuickly } from './lib/build.mjs';
import { sampleWorkspace } from './lib/paths.mjs';
import { themes, withWorkbench } from './lib/workbench.mjs';

const usage = `Usage: node scripts/screenshot.mjs [options] [steps]
Options
  --theme dark|light|contrast   (dark)      --size 1280x800     --scale 1|2
  --host 1.100|1.139            (1.139)     --workspace FOLDER  (the sample workspace)
  --setting KEY=JSON            more than one may be given
  --vsix FILE                   use this one instead of building
Steps
  --file PATH       open a file of the workspace
  --line N          go to a line
  --hover TEXT      point at TEXT in the visible code and print what the hover says
  --click TEXT      click on TEXT in the visible code
  --problems        show the Problems panel and print its rows
  --command TITLE   run a command from the palette
  --key KEYS        press keys: Escape, Control+B
  --type TEXT       type
  --wait MS         wait
  --out FILE.png    take the picture`;

const { values, tokens } = parseArgs({
  tokens: true,
  options: {
    theme: { type: 'string', default: 'dark' }, size: { type: 'string', default: '1280x800' }, scale: { type: 'string', default: '1' },
    host: { type: 'string', default: '1.139' }, workspace: { type: 'string', default: sampleWorkspace },
    setting: { type: 'string', multiple: true, default: [] }, vsix: { type: 'string' },
    file: { type: 'string' }, line: { type: 'string' }, hover: { type: 'string' }, click: { type: 'string' }, problems: { type: 'boolean' },
    command: { type: 'string' }, key: { type: 'string' }, type: { type: 'string' }, wait: { type: 'string' }, out: { type: 'string' },
    help: { type: 'boolean', short: 'h' },
  },
});

/** @type {Record<string, (workbench: import('./lib/workbench.mjs').Workbench, value: string) => Promise<unknown>>} */
const steps = {
  file: (workbench, path) => workbench.open(path),
  line: (workbench, line) => workbench.goTo(Number(line)),
  hover: async (workbench, text) => console.log(await workbench.hover(text)),
  click: async (workbench, text) => {
    const { x, y } = await workbench.find(text);
    await workbench.page.mouse.click(x, y);
  },
  problems: async workbench => console.log((await workbench.problems()).join('\n')),
  command: (workbench, title) => workbench.command(title),
  key: (workbench, keys) => workbench.page.keyboard.press(keys),
  type: (workbench, text) => workbench.page.keyboard.type(text),
  wait: (workbench, milliseconds) => workbench.page.waitForTimeout(Number(milliseconds)),
  out: async (workbench, path) => {
    await workbench.screenshot(resolve(path));
    console.log(path);
  },
};

const asked = tokens.filter(token => token.kind === 'option' && token.name in steps);

if (values.help || asked.length === 0) {
  console.log(usage);
} else {
  const scratch = await mkdtemp(join(tmpdir(), 'transposed-conv-lens-vsix-'));
  try {
    await main(values.vsix ? resolve(values.vsix) : await freshVsix(scratch));
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

/** @param {string} folder */
async function freshVsix(folder) {
  await build();
  return packageQuickly(join(folder, 'extension.vsix'));
}

/** @param {string} vsix */
async function main(vsix) {
  if (!(values.theme in themes)) throw new Error(`no theme ${values.theme}`);
  const [width = 1280, height = 800] = values.size.split('x').map(Number);
  await withWorkbench({
    vsix, version: /** @type {import('./lib/editorServer.mjs').EditorVersion} */ (values.host), theme: values.theme,
    workspace: resolve(values.workspace), width, height, scale: Number(values.scale),
    settings: Object.fromEntries(values.setting.map(entry => {
      const at = entry.indexOf('=');
      return [entry.slice(0, at), JSON.parse(entry.slice(at + 1))];
    })),
  }, async workbench => {
    for (const token of asked) {
      if (token.kind === 'option') await steps[token.name]?.(workbench, token.value ?? '');
    }
  });
}
