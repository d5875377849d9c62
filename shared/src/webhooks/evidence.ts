/** A file made for whoever has to prove a delivery. */
export interface EvidenceFile {
  readonly name: string
  /** JSON text. */
  readonly text: string
  /** Of the text, hex; the audit log keeps it too. */
  readonly sha256: string
  /** The signed content alone, for whoever would rather not take it out of the JSON. */
  readonly signed: { readonly name: string; readonly base64: string }
  /** What to type, line by line. */
  readonly commands: readonly EvidenceCommand[]
}

export interface EvidenceCommand {
  readonly what: string
  readonly command: string
  /** What it then says, as far as that is known beforehand. */
  readonly expected: string | null
}

/** What to type to verify an evidence file with nothing but a shell and openssl. */
export function evidenceCommands(file: {
  readonly name: string
  readonly signedName: string
  readonly signature: string
  readonly signedSha256: string
}): readonly EvidenceCommand[] {
  const { name, signedName, signature, signedSha256 } = file
  return [
    {
      what: 'Take the signed content out of the file: the timestamp, a dot and the exact body.',
      command: `sed -n '/"signedContentBase64": \\[/,/\\]/s/^ *"\\([A-Za-z0-9+\\/=]*\\)",\\{0,1\\}$/\\1/p' ${name} | openssl base64 -d > ${signedName}`,
      expected: null,
    },
    {
      what: 'Compare its hash with the one that Desk wrote down on arrival.',
      command: `openssl dgst -sha256 ${signedName}`,
      expected: signedSha256,
    },
    {
      what: 'In bash or zsh, type the webhook secret; it is not shown and not kept.',
      command: 'read -rs WEBHOOK_SECRET',
      expected: null,
    },
    {
      what: 'Compute the signature. It has to be the one that SpacePay sent.',
      command: `openssl dgst -sha256 -hmac "$WEBHOOK_SECRET" ${signedName}`,
      expected: signature,
    },
  ]
}
