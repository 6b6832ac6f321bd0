/** Attributes of an SVG element; numbers to a hundredth, `undefined` left out. */
export function attributes(values: Readonly<Record<string, string | number | undefined>>): string {
  return Object.entries(values).filter(([, value]) => value !== undefined)
    .map(([name, value]) => ` ${name}="${quoted(typeof value === 'number' ? String(Math.round(value * 100) / 100) : String(value))}"`).join('');
}

function quoted(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/"/g, '&quot;').replace(/</g, '&lt;');
}
