const SECRET_WORDS = new Set([
  "token",
  "secret",
  "password",
  "passwd",
  "passphrase",
  "pwd",
  "credential",
  "credentials",
  "apikey",
  "authorization",
  "auth",
  "pat",
  "cookie",
  "bearer",
  "key",
])
const PASSWORD_WORDS = new Set(["password", "passwd", "passphrase", "pwd"])
const PUBLIC_WORDS = new Set(["public", "publishable", "anon"])

/** Answers whether something of this name usually holds a secret: `GITHUB_TOKEN`, `x-api-key`, `--access-token`. */
export function namesSecret(name: string | null): boolean {
  const words = wordsOf(name)
  return SECRET_WORDS.has(words.at(-1) ?? "") && !words.some((word) => PUBLIC_WORDS.has(word))
}

/** Answers whether something of this name is chosen by a person, and so may be short. */
export function namesPassword(name: string | null): boolean {
  return PASSWORD_WORDS.has(wordsOf(name).at(-1) ?? "")
}

/** Answers whether something of this name is what a browser sends for whoever signed in. */
export function namesCookie(name: string | null): boolean {
  return wordsOf(name).at(-1) === "cookie"
}

function wordsOf(name: string | null): readonly string[] {
  if (name === null || name.length > 128) return []
  const apart = name.replaceAll(/([a-z0-9])([A-Z])/g, "$1 $2").toLowerCase()
  return apart.split(/[^a-z0-9]+/).filter((word) => word !== "")
}
