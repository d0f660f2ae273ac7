/** A refusal below JSON-RPC, in the words of RFC 9457. https://www.rfc-editor.org/rfc/rfc9457 */
export function problemResponse(
  status: number,
  code: string,
  detail: string,
  headers: Readonly<Record<string, string>> = {},
): Response {
  const body = JSON.stringify({ type: `urn:tabard:problem:${code}`, status, code, detail })
  return new Response(body, { status, headers: { ...headers, "content-type": "application/problem+json" } })
}
