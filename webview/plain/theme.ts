// The theme of the plain page: what the reader chose last, else what the system prefers.
const key = 'transposed-conv-lens.theme';

function stored(): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

const root = document.documentElement;
root.dataset['theme'] = stored() ?? (matchMedia('(prefers-color-scheme: light)').matches ? 'light' : 'dark');

const select = document.querySelector<HTMLSelectElement>('#theme');
if (select !== null) {
  select.value = root.dataset['theme'];
  select.addEventListener('change', () => {
    root.dataset['theme'] = select.value;
    try {
      localStorage.setItem(key, select.value);
    } catch {
      // Not kept, then.
    }
  });
}
export {};
