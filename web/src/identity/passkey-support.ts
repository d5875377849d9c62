/** Why this browser makes and uses no passkeys here, or null where it does. */
export function passkeyBlock(): string | null {
  if (!window.isSecureContext) return 'Passkeys need an address with https.'
  return 'PublicKeyCredential' in window ? null : 'This browser knows no passkeys.'
}

/** Where the browser finds that Desk's passkeys belong to another address than the one it shows. */
export const passkeyElsewhere =
  'Passkeys work at the usual address of this Desk only. Open it there, then try again.'
