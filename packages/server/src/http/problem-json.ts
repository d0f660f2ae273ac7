import { jsonText } from "./json-text.ts"

/**
 * Says a refusal over HTTP: https://www.rfc-editor.org/rfc/rfc9457. The type is a name, explained in docs/problems.md, and
 * as stable as its code.
 */
export function problemJson(
  status: number,
  code: string,
  detail: string,
  headers: Readonly<Record<string, string>> = {},
): Response {
  const body = { type: `urn:tabard:problem:${code}`, title: code.replaceAll("_", " "), status, code, detail }
  return new Response(jsonText(body), {
    status,
    headers: { ...headers, "content-type": "application/problem+json" },
  })
}
