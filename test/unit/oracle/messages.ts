/**
 * Whether a quote is (part of) the framework's message, but for interpolated values.
 * `{'same', 'valid'}` is a set, which Python prints in any order; TensorFlow puts the name of the kernel that
 * ran in front (`Conv2DCustomBackpropInput: `), which depends on the device; Keras numbers its layers.
 * @param quote,text `TypeError: message`
 */
export function sameMessage(quote: string, text: string): boolean {
  const [quotedType, quoted] = split(quote);
  const [type, message] = split(text);
  return quotedType === type && message.includes(quoted);
}

function split(text: string): readonly [type: string, message: string] {
  const colon = text.indexOf(': ');
  return [text.slice(0, colon), withoutValues(text.slice(colon + 2))];
}

function withoutValues(message: string): string {
  return message
    .replace(/^Conv[23]D\w+: /, '')
    .replaceAll("{'same', 'valid'}", "{'valid', 'same'}")
    .replace(/(conv\dd_transpose)_\d+/g, '$1')
    .replace(/-?\d+(\.\d+)?|\bTrue\b|\bFalse\b|(?<=[[( ])\?(?=[\]),])/g, '#')
    .replace(/[([{][#, ]*[)\]}]/g, '<>');
}
