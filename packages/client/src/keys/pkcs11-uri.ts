// RFC 7512: https://www.rfc-editor.org/rfc/rfc7512

/** A key in a PKCS#11 token, and the library that reaches it. */
export interface Pkcs11Uri {
  readonly module: string
  readonly token: string
  /** The key's identifier (CKA_ID) in hexadecimal digits; undefined where one is to be made. */
  readonly id: string | undefined
  /** A file that holds the token's PIN. */
  readonly pinSource: string | undefined
}

const PATH_ATTRIBUTES: readonly string[] = ["token", "id"]
const QUERY_ATTRIBUTES: readonly string[] = ["module-path", "pin-source"]

/**
 * Reads `pkcs11:token=…;id=…?module-path=…&pin-source=…`. Attributes that we do not know are refused: one that was
 * overlooked could mean another key. The PIN itself is refused too, since addresses end up in files and histories.
 *
 * @throws {TypeError}
 */
export function parsePkcs11Uri(text: string): Pkcs11Uri {
  const [, path = "", query = ""] = /^pkcs11:([^?]*)(?:\?(.*))?$/.exec(text) ?? []
  const attributes = new Map([
    ...attributesOf(path, ";", PATH_ATTRIBUTES),
    ...attributesOf(query, "&", QUERY_ATTRIBUTES),
  ])
  const [module, token] = [attributes.get("module-path"), attributes.get("token")]
  if (!module?.startsWith("/") || !token) {
    throw new TypeError("A PKCS#11 key is named as pkcs11:token=NAME?module-path=/LIBRARY.so")
  }
  const pinSource = attributes.get("pin-source")?.replace(/^file:(\/\/)?/, "")
  return { module, token, id: hex(attributes.get("id")), pinSource }
}

/** Writes the address of a key. */
export function formatPkcs11Uri({ module, token, id = "", pinSource }: Pkcs11Uri): string {
  const pin = pinSource ? `&pin-source=${encodeURIComponent(pinSource)}` : ""
  return `pkcs11:token=${encodeURIComponent(token)};id=${id.replace(/../g, "%$&")}?module-path=${encodeURIComponent(module)}${pin}`
}

function attributesOf(text: string, separator: string, known: readonly string[]): [string, string][] {
  const parts = text.split(separator).filter((part) => part !== "")
  const pairs = parts.map((part): [string, string] => {
    const [name = "", ...value] = part.split("=")
    if (!known.includes(name))
      throw new TypeError(`A PKCS#11 key is not named by ${JSON.stringify(name)} here.`)
    return [name, name === "id" ? value.join("=") : decoded(value.join("="))]
  })
  if (new Set(pairs.map(([name]) => name)).size < pairs.length)
    throw new TypeError("An attribute of this PKCS#11 key stands twice.")
  return pairs
}

/** Bytes, each percent-encoded, as RFC 7512 §2.3 recommends for an identifier. */
function hex(id: string | undefined): string | undefined {
  if (id === undefined) return undefined
  if (!/^(%[0-9a-fA-F]{2}){1,64}$/.test(id))
    throw new TypeError("The id of a PKCS#11 key is written as percent-encoded bytes: id=%01%a2.")
  return id.replaceAll("%", "").toLowerCase()
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch (cause) {
    throw new TypeError("An attribute of this PKCS#11 key is not percent-encoded.", { cause })
  }
}
