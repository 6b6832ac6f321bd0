/** The views that have a tab. */
export const views = ['step', 'overlap', 'image', 'compare', 'transpose', 'solve', 'quiz'] as const;
