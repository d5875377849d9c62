type Fields = Readonly<Record<string, unknown>>

/** The same JSON with a status nobody documented in its payments or withdrawals; null when it has none. */
export function withUnknownStatus(
  text: string,
  strange: { readonly status: string; readonly which: 'all' | 'first' },
): string | null {
  let changed = 0
  const put = (value: unknown): unknown => {
    if (!isFields(value) || typeof value['status'] !== 'string') return value
    if (strange.which === 'first' && changed > 0) return value
    changed += 1
    return { ...value, status: strange.status }
  }
  const body: unknown = JSON.parse(text)
  if (Array.isArray(body)) return changedText(body.map(put), () => changed)
  if (!isFields(body)) return null
  const { data, payment } = body
  if (Array.isArray(data)) return changedText({ ...body, data: data.map(put) }, () => changed)
  if (!isFields(payment)) return changedText(put(body), () => changed)
  // The answer to a new payment says its status twice.
  const inside = put(payment)
  changed = 0
  return changedText(put({ ...body, payment: inside }), () => changed)
}

/** The same JSON with fields nobody documented in every object; null when it holds no object. */
export function withUnknownFields(text: string): string | null {
  let changed = 0
  const body = mapFields(JSON.parse(text), (fields) => {
    changed += 1
    return {
      ...fields,
      sandboxUnknown: { note: 'Nobody documented this.', list: [1, 'two', null] },
    }
  })
  return changedText(body, () => changed)
}

const otherContent = {
  amountInCents: (told: unknown) => Number(told) + 1,
  recipientAddress: () => '0xfb6916095ca1df60bb79ce92ce3ea74c37c5d359',
  chainId: (told: unknown) => (typeof told === 'number' ? 1 : 'eip155:1'),
  orderId: () => 'SOMEBODY-ELSES',
} as const

/** The same JSON with another value there in every withdrawal; null when it holds none. */
export function withOtherContent(text: string, field: keyof typeof otherContent): string | null {
  let changed = 0
  const body = mapFields(JSON.parse(text), (fields) => {
    if (!('recipientAddress' in fields)) return fields
    changed += 1
    return { ...fields, [field]: otherContent[field](fields[field]) }
  })
  return changedText(body, () => changed)
}

/** The same JSON with every instant moved by so many milliseconds; null when it holds none. */
export function withMovedInstants(text: string, ms: number): string | null {
  let changed = 0
  const body = mapFields(JSON.parse(text), (fields) =>
    Object.fromEntries(
      Object.entries(fields).map(([name, value]) => {
        if (typeof value !== 'string' || !isInstant(name, value)) return [name, value]
        changed += 1
        return [name, new Date(Date.parse(value) + ms).toISOString()]
      }),
    ),
  )
  return changedText(body, () => changed)
}

export function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function isInstant(name: string, value: string): boolean {
  return /(At|[tT]imestamp)$/.test(name) && /^\d{4}-\d\d-\d\dT[\d:.]+Z$/.test(value)
}

/** Changes every object, the inner ones first. */
function mapFields(value: unknown, change: (fields: Fields) => Fields): unknown {
  if (Array.isArray(value)) return value.map((item) => mapFields(item, change))
  if (!isFields(value)) return value
  return change(
    Object.fromEntries(
      Object.entries(value).map(([name, inner]) => [name, mapFields(inner, change)]),
    ),
  )
}

function changedText(body: unknown, changes: () => number): string | null {
  return changes() > 0 ? JSON.stringify(body) : null
}
