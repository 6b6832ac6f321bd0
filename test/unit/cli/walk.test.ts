import assert from 'node:assert/strict';
import { walk } from '../../../src/cli/walk';
import { memoryIo, type MemoryFile } from './memoryIo';

async function walked(files: Readonly<Record<string, MemoryFile>>, path = '/project'): Promise<readonly string[]> {
  const found: string[] = [];
  for await (const each of walk(path, memoryIo(files), async () => false)) {
    found.push(each.kind === 'file' ? each.path.replace('/project/', '') : `${each.path.replace('/project/', '')}: ${each.message}`);
  }
  return found;
}

const git = { '/project/.git/HEAD': 'ref: refs/heads/main' };

describe('walk', () => {
  it('finds Python files and notebooks in order of their names', async () => {
    const files = { '/project/b.py': '', '/project/a/z.ipynb': '', '/project/a/b/c.py': '', '/project/c.txt': '', '/project/D.PY': '' };
    assert.deepEqual(await walked(files), ['D.PY', 'a/b/c.py', 'a/z.ipynb', 'b.py']);
  });

  it('skips environments and packages', async () => {
    const files = {
      '/project/a.py': '', '/project/.venv/b.py': '', '/project/env/lib/site-packages/c.py': '',
      '/project/node_modules/d.py': '', '/project/__pycache__/e.py': '', '/project/.ipynb_checkpoints/f.ipynb': '',
    };
    assert.deepEqual(await walked(files), ['a.py']);
  });

  it('takes a file or directory that is named, whatever its name', async () => {
    const files = { '/project/script': '', '/project/lib/site-packages/torch/x.py': '' };
    assert.deepEqual(await walked(files, '/project/script'), ['script']);
    assert.deepEqual(await walked(files, '/project/lib/site-packages/torch'), ['lib/site-packages/torch/x.py']);
  });

  const ignoreCases: readonly { readonly name: string; readonly files: Record<string, MemoryFile>; readonly expected: readonly string[] }[] = [
    { name: 'a file pattern', files: { '/project/.gitignore': 'b*.py\n', '/project/a.py': '', '/project/sub/bb.py': '' }, expected: ['a.py'] },
    { name: 'a directory pattern', files: { '/project/.gitignore': 'build/\n', '/project/build/a.py': '', '/project/sub/build/a.py': '', '/project/sub/build.py': '' }, expected: ['sub/build.py'] },
    { name: 'an anchored pattern', files: { '/project/.gitignore': '/out\n', '/project/out/a.py': '', '/project/sub/out/a.py': '' }, expected: ['sub/out/a.py'] },
    { name: 'a negated pattern', files: { '/project/.gitignore': '*.py\r\n!keep.py\r\n', '/project/a.py': '', '/project/keep.py': '' }, expected: ['keep.py'] },
    { name: 'a deeper file that overrules', files: { '/project/.gitignore': '*.py\n', '/project/sub/.gitignore': '!*.py\n', '/project/a.py': '', '/project/sub/b.py': '' }, expected: ['sub/b.py'] },
    { name: 'a deeper file, there only', files: { '/project/sub/.gitignore': 'x.py\n', '/project/x.py': '', '/project/sub/x.py': '' }, expected: ['x.py'] },
    { name: 'comments and spaces', files: { '/project/.gitignore': '# a.py\n\n  \n', '/project/a.py': '' }, expected: ['a.py'] },
  ];
  for (const { name, files, expected } of ignoreCases) {
    it(`respects .gitignore: ${name}`, async () => {
      assert.deepEqual(await walked({ ...git, ...files }), expected);
    });
  }

  it('respects the .gitignore of the directories above, up to the root of the repository', async () => {
    const files = { '/.gitignore': 'a.py\n', ...git, '/project/.gitignore': 'b.py\n', '/project/sub/a.py': '', '/project/sub/b.py': '' };
    assert.deepEqual(await walked(files, '/project/sub'), ['sub/a.py']);
  });

  it('walks a directory that is named although .gitignore names it', async () => {
    const files = { ...git, '/project/.gitignore': 'build\n', '/project/build/a.py': '', '/project/build/.gitignore': 'b.py', '/project/build/b.py': '' };
    assert.deepEqual(await walked(files, '/project/build'), ['build/a.py']);
  });

  it('names what cannot be read and goes on', async () => {
    const files = { '/project/a.py': { linkTo: '/project/gone.py' }, '/project/b.py': '' };
    assert.deepEqual(await walked(files), ['a.py: no such file or directory', 'b.py']);
    assert.deepEqual(await walked(files, '/project/missing'), ['missing: no such file or directory']);
  });

  it('reads links to files and does not follow links to directories', async () => {
    const files = { '/project/a.py': { linkTo: '/elsewhere/x.py' }, '/elsewhere/x.py': '', '/project/d.py': { linkTo: '/project' } };
    assert.deepEqual(await walked(files), ['a.py']);
  });
});
