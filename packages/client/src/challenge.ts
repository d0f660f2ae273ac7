/** What a server demanded when it refused a request (RFC 6750 §3, RFC 9728 §5.1). */
export interface Challenge {
  /** Where the server describes itself. */
  readonly metadata: string | undefined
  /** The effect classes that the request needs, with a blank between them. */
  readonly scope: string | undefined
}

/** Reads a `www-authenticate` header; of one that is missing or says nothing of this, nothing is known. */
export function readChallenge(header: string | null | undefined): Challenge {
  return { metadata: parameter(header, "resource_metadata"), scope: parameter(header, "scope") }
}

function parameter(header: string | null | undefined, name: string): string | undefined {
  const [, quoted, bare] =
    new RegExp(`[\\s,]${name}=(?:"([^"]*)"|([^\\s,"]+))`).exec(` ${header ?? ""}`) ?? []
  return (quoted ?? bare) || undefined
}
