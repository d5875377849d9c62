import type { OpenApiDocument, Operation } from '../openapi-document.ts'

export interface Place {
  readonly method: string
  readonly path: string
  readonly operation: Operation
}

/** A call that can be pasted into a shell; credentials are taken from `values` by the name of their scheme. */
export function curlOf(
  document: OpenApiDocument,
  { method, path, operation }: Place,
  values: Readonly<Record<string, string>>,
): string {
  const filled = path.replaceAll(/\{(\w+)\}/g, (_, name: string) =>
    encodeURIComponent(String(operation.parameters.find((one) => one.name === name)?.example)),
  )
  const [body] = Object.values(operation.requestBody?.content['application/json'].examples ?? {})
  const headers = [
    ...operation.security
      .flatMap((needed) => Object.keys(needed))
      .map((scheme) => {
        const name = document.components.securitySchemes[scheme]?.name ?? scheme
        return `${name}: ${values[scheme] ?? ''}`
      }),
    ...operation.parameters
      .filter((parameter) => parameter.in === 'header')
      .map(({ name, example }) => `${name}: ${String(example)}`),
    ...(body ? ['Content-Type: application/json'] : []),
  ]
  return [
    `curl ${method === 'get' ? '' : `-X ${method.toUpperCase()} `}${quoted((document.servers[0]?.url ?? '') + filled)}`,
    ...headers.map((header) => `-H ${quoted(header)}`),
    ...(body && 'value' in body ? [`-d ${quoted(JSON.stringify(body.value))}`] : []),
  ].join(' \\\n  ')
}

/** In single quotes a shell changes nothing. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", String.raw`'\''`)}'`
}
