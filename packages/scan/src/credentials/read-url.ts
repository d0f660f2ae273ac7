import type { CredentialReader, NamedText } from "./credential-reader.ts"
import { namesSecret } from "./secret-names.ts"
import { tooLong } from "./too-long.ts"

const URL_PARTS = /^([a-z][a-z0-9+.-]*:\/\/[^/?#]*)([^?#]*)(\?[^#]*)?(#.*)?$/is

/** Answers a URL without the secrets in its user part, path, query or fragment. */
export function readUrl(url: NamedText, reader: CredentialReader): string {
  const long = tooLong(url, reader)
  if (long !== undefined) return long
  // The shapes are tried on the whole first: some of them span host and path.
  const safe = reader.take({ ...url, name: null })
  const parts = URL_PARTS.exec(safe)
  if (!parts) return safe
  const [, origin = "", path = "", query = "", fragment = ""] = parts
  return (
    origin + readPath(path, url, reader) + readQuery(query, url, reader) + readQuery(fragment, url, reader)
  )
}

function readPath(path: string, url: NamedText, reader: CredentialReader): string {
  return path
    .split("/")
    .map((segment) => reader.takeBare({ ...url, name: null, text: segment }))
    .join("/")
}

function readQuery(query: string, url: NamedText, reader: CredentialReader): string {
  return query
    .split(/(?<=[?&#])|(?=&)/)
    .map((part) => readParameter(part, url, reader))
    .join("")
}

function readParameter(part: string, url: NamedText, reader: CredentialReader): string {
  const equals = part.indexOf("=")
  if (equals < 0) return reader.takeBare({ ...url, name: null, text: part })
  const name = part.slice(0, equals)
  const value = { ...url, name, text: part.slice(equals + 1) }
  return `${name}=${namesSecret(name) ? reader.takeOpen(value) : reader.takeBare(value)}`
}
