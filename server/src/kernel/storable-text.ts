/**
 * What Postgres cannot hold, made holdable, where text from outside becomes a column: NUL becomes its
 * visible picture, half a surrogate pair the replacement character.
 */
export function storableText(text: string): string {
  return text.replaceAll('\u0000', '\u2400').toWellFormed()
}

/** For indexed columns: a btree entry must stay under a third of a page, whatever the alphabet. */
export function indexableText(text: string): string {
  return shortened(text, indexableMax)
}

/** The same with another limit, in characters of UTF-16. */
export function shortened(text: string, charactersMax: number): string {
  const storable = storableText(text)
  return storable.length > charactersMax
    ? `${storable.slice(0, charactersMax).toWellFormed()}…`
    : storable
}

const indexableMax = 500
