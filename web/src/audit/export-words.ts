import type { AuditAction } from '@desk/shared/audit/audit-action'
import type { ActionWords } from './entry-words.ts'

type ExportAction = Extract<AuditAction, `export.${string}`>

/** What people take out of Desk as files. */
export const exportWords: Readonly<Record<ExportAction, ActionWords>> = {
  'export.create': {
    done: ({ after, subject }) => {
      const filter = after.text('filter')
      const again = after.text('previous') === '' ? '' : 'again '
      return `asked ${again}for the export ${subject} of ${filter === '' ? 'every payment' : filter}`
    },
    tried: () => 'export payments',
  },
  'export.finish': {
    done: ({ subject }) => `finished the export ${subject}`,
    tried: ({ subject }) => `finish the export ${subject}`,
  },
  'export.cancel': {
    done: ({ subject }) => `cancelled the export ${subject}`,
    tried: ({ subject }) => `cancel the export ${subject}`,
  },
  'export.download': {
    done: ({ subject }) => `downloaded the export ${subject}`,
    tried: ({ subject }) => `download the export ${subject}`,
  },
}
