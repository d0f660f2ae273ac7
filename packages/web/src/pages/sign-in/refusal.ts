const WORDS: Readonly<Record<string, string>> = {
  sign_in_refused:
    "This account may not come in here. Ask an administrator to invite you, by an email that your provider has verified.",
  sign_in_invalid: "That sign-in is not valid any more, or was begun in another browser. Begin again.",
  provider_unavailable: "The provider does not answer. Try again in a moment.",
}

/** Says why a provider's sign-in did not lead in, from the address that it led back to; what it does not know it does not repeat. */
export function refusalIn(search: string): string | undefined {
  const refused = new URLSearchParams(search).get("refused")
  if (refused === null) return undefined
  return Object.hasOwn(WORDS, refused) ? WORDS[refused] : "Signing in did not work. Begin again."
}
