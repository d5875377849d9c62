/** What every list says of its paging. */
export const pageNotes = {
  limit: { description: 'Rows on a page.' },
  offset: {
    description: 'Rows to skip.',
    type: 'integer',
    minimum: 0,
    maximum: 999_999_999,
  },
} as const
