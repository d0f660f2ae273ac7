import { IncomingMessage } from "node:http"

/** The longest body that the token endpoint reads; the library's own limit. */
const MAX_FORM_BYTES = 56 * 1024

/** A form that was read, and the request as it was before. */
export interface ReadForm {
  readonly form: URLSearchParams
  readonly request: IncomingMessage
}

/**
 * Reads the form of a request, and answers the request anew, for whoever has to read it once more. Undefined where it
 * brings something else, or more than is read: the library has words for that.
 */
export async function readForm(request: IncomingMessage): Promise<ReadForm | undefined> {
  const { "content-type": type = "", "content-length": length } = request.headers
  if (!/^application\/x-www-form-urlencoded\s*(;|$)/i.test(type)) return undefined
  if (!(Number(length) <= MAX_FORM_BYTES)) return undefined
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(Buffer.from(chunk))
  const body = Buffer.concat(chunks)
  return { form: new URLSearchParams(body.toString("utf8")), request: again(request, body) }
}

/** Answers a request with this form in place of its own, as if it had been sent to `url`. */
export function withForm(request: IncomingMessage, url: string, form: URLSearchParams): IncomingMessage {
  const body = Buffer.from(form.toString())
  const copy = again(request, body)
  return Object.assign(copy, { url, headers: { ...copy.headers, "content-length": String(body.length) } })
}

function again(request: IncomingMessage, body: Buffer): IncomingMessage {
  const copy = new IncomingMessage(request.socket)
  const { method, url, headers, rawHeaders, httpVersion } = request
  // One that is not complete takes the connection with it when it has been read.
  Object.assign(copy, { method, url, headers, rawHeaders, httpVersion, complete: true })
  copy.push(body)
  copy.push(null)
  return copy
}
