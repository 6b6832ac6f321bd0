/** The views that have a tab. */
export const views = ['step', 'overlap', 'image'] as const;
