import assert from 'node:assert/strict';
import { decodePython } from '../../../src/cli/decode';

const bytes = (...parts: readonly (string | readonly number[])[]): Uint8Array =>
  Uint8Array.from(parts.flatMap(part => typeof part === 'string' ? [...new TextEncoder().encode(part)] : part));

describe('decodePython', () => {
  const cases: readonly [string, Uint8Array, { text: string } | { error: string }][] = [
    ['UTF-8', bytes('größe = 1'), { text: 'größe = 1' }],
    ['a byte-order mark', bytes([0xef, 0xbb, 0xbf], 'x = 1'), { text: 'x = 1' }],
    ['nothing', bytes(), { text: '' }],
    ['Latin-1 by its comment', bytes('# -*- coding: latin-1 -*-\n# ', [0xe9]), { text: '# -*- coding: latin-1 -*-\n# é' }],
    ['an encoding named in the second line', bytes('#!/usr/bin/python\n# vim: set fileencoding=cp1251 :\n#', [0xc6]), { text: '#!/usr/bin/python\n# vim: set fileencoding=cp1251 :\n#Ж' }],
    ['GBK', bytes('# coding=gbk\n#', [0xc4, 0xe3]), { text: '# coding=gbk\n#你' }],
    ['UTF-8 under another name', bytes('# coding: utf8\n# é'), { text: '# coding: utf8\n# é' }],
    ['no encoding after code', bytes('x = 1\n# coding: latin-1\n# é'), { text: 'x = 1\n# coding: latin-1\n# é' }],
    ['broken UTF-8', bytes('x = "', [0xe9], '"'), { error: 'not valid UTF-8' }],
    ['null bytes', bytes('x\0y'), { error: 'not a text file: it holds null bytes' }],
    ['an encoding nobody knows', bytes('# coding: klingon\n'), { error: 'the encoding klingon is not known' }],
  ];
  for (const [name, given, expected] of cases) {
    it(name, () => assert.deepEqual(decodePython(given), expected));
  }
});
