import { Forward, Inbox, MessageSquarePlus, Tag } from 'lucide-react'
import { lazy } from 'react'
import {
  type AttentionKind,
  attentionKinds,
  attentionKindText,
} from '@desk/shared/attention/attention-kind'
import { paymentId } from '@desk/shared/payments/payment'
import type { PalettePlace, PaletteRoom } from '../app/command-palette/palette-room.ts'
import { openPaymentAt } from '../payments/open-payment-at.ts'

const AddNoteDialog = lazy(async () => ({
  default: (await import('./add-note-dialog.tsx')).AddNoteDialog,
}))
const HandOverOpen = lazy(async () => ({
  default: (await import('./hand-over-open.tsx')).HandOverOpen,
}))

/** As long as tags get. */
const TAG_MAX = 24

/** The queue, its kinds, tags, and what people do about the payment that is open. */
export const attentionPalette: PaletteRoom = {
  places: [
    {
      name: 'Needs attention',
      words: 'queue inbox waiting work mine',
      permission: 'payments:read',
      icon: Inbox,
      path: '/attention',
      firstFor: ['support', 'finance', 'approver', 'admin'],
      run: ({ router, me }) =>
        router.navigate({
          to: '/attention',
          search: me.permissions.includes('attention:write') ? { whose: 'mine' } : {},
        }),
    },
    ...attentionKinds.map(kindPlace),
  ],
  current: {
    heading: 'This payment',
    idAt: openPaymentAt,
    actions: [
      {
        name: 'Add a note',
        words: 'write comment',
        permission: 'notes:write',
        icon: MessageSquarePlus,
        firstFor: ['support', 'finance', 'approver', 'admin'],
        run: ({ ask }, id) =>
          ask((onClose) => <AddNoteDialog paymentId={paymentId.parse(id)} onClose={onClose} />),
      },
      {
        name: 'Hand over',
        words: 'assign give finance colleague escalate',
        permission: 'attention:write',
        icon: Forward,
        firstFor: ['support'],
        run: ({ ask }, id) =>
          ask((onClose) => <HandOverOpen paymentId={paymentId.parse(id)} onClose={onClose} />),
      },
    ],
  },
  kinds: [
    {
      kind: 'tag',
      heading: 'Tags',
      noun: 'Tag',
      permission: 'payments:read',
      icon: Tag,
      find: async ({ api, queryClient }, text) => {
        const beginning = text.toLowerCase().replaceAll(/\s+/g, '-')
        if (beginning.length > TAG_MAX) return []
        const tags = await queryClient.query(api.notes.tagsInUse.queryOptions({ beginning }))
        return tags.map((tag) => ({ id: tag, name: tag, isExact: tag === beginning }))
      },
      open: ({ router }, tag) =>
        router.navigate({ to: '/payments', search: { with: `tag:${tag}` } }),
    },
  ],
}

function kindPlace(kind: AttentionKind): PalettePlace {
  return {
    name: `Needs attention: ${attentionKindText[kind].label.toLowerCase()}`,
    words: 'queue',
    permission: 'payments:read',
    icon: Inbox,
    run: ({ router }) => router.navigate({ to: '/attention', search: { kind } }),
  }
}
