/** What the control's lists say of their paging and order. */
export const historyNotes = {
  limit: { description: 'Rows on a page.' },
  offset: { description: 'Rows to skip.', type: 'integer', minimum: 0, maximum: 999_999_999 },
  sortOrder: { description: 'Descending is newest first.' },
} as const
