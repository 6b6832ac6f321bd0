import { type Ceiling, type Measured, type Times } from './measure';

/** A table in Markdown: 10⁹ multiplications and additions a second, median (least to most); then the ratios. */
export function report(title: string, ceiling: Ceiling, measured: readonly Measured[], subject: string, native: Readonly<Record<string, Readonly<Record<string, Times>>>> = {}): string {
  const peers = [...new Set([...measured.flatMap(row => Object.keys(row.times)), ...Object.keys(native)])];
  const timeOf = (row: Measured, peer: string): Times | string | undefined => row.times[peer] ?? native[peer]?.[row.workload];
  const lines = [
    `### ${title}`, '',
    `Ceiling: ${ceiling.multiplyAdd.toFixed(1)} GFLOP/s in the 4×8 tile, ${ceiling.copy.toFixed(1)} GB/s copying.`, '',
    `| workload | ${peers.join(' | ')} | share of the tile |`,
    `|---|${peers.map(() => '---').join('|')}|---|`,
    ...measured.map(row => {
      const own = timeOf(row, subject);
      const share = typeof own === 'object' ? `${(100 * rate(row, own.median) / ceiling.multiplyAdd).toFixed(0)}%` : '';
      return `| ${row.workload} | ${peers.map(peer => cell(row, timeOf(row, peer))).join(' | ')} | ${share} |`;
    }),
    '', `${subject} against each, ratio of medians: least, geometric mean, most.`, '',
    '| peer | least | mean | most | layers |', '|---|---|---|---|---|',
    ...peers.filter(peer => peer !== subject).map(peer => ratios(measured, peer, subject, timeOf)),
  ];
  return lines.join('\n');
}

function cell(row: Measured, times: Times | string | undefined): string {
  if (times === undefined || times === 'no such layer') return '';
  if (typeof times === 'string') return times;
  const digits = (time: number): string => rate(row, time).toPrecision(2).replace(/\.0$/, '');
  return `${digits(times.median)} (${digits(times.most)}–${digits(times.least)})`;
}

function rate(row: Measured, milliseconds: number): number {
  return 2 * row.multiplyAdds / milliseconds / 1e6;
}

function ratios(measured: readonly Measured[], peer: string, subject: string, timeOf: (row: Measured, peer: string) => Times | string | undefined): string {
  const values = measured.flatMap(row => {
    const [own, other] = [timeOf(row, subject), timeOf(row, peer)];
    return typeof own === 'object' && typeof other === 'object' ? [other.median / own.median] : [];
  });
  if (values.length === 0) return `| ${peer} | | | | 0 |`;
  const mean = Math.exp(values.reduce((sum, value) => sum + Math.log(value), 0) / values.length);
  return `| ${peer} | ${[Math.min(...values), mean, Math.max(...values)].map(value => value.toPrecision(3)).join(' | ')} | ${values.length} |`;
}
