/** The device authorization grant, by which a command line is signed in: https://www.rfc-editor.org/rfc/rfc8628 */
import type { IncomingMessage, ServerResponse } from "node:http"
import { beginDeviceSignIn, DEVICE_INTERVAL_SECONDS, redeemDeviceSignIn } from "@tabard/control"
import { answerJson } from "../answer-json.ts"
import type { OwnGrant } from "../grants/grant.ts"
import type { IssuerSettings } from "../issuer-settings.ts"
import { type ClientMetadata, errors } from "../oidc-provider.ts"
import { readForm } from "../read-form.ts"

/** The one client that devices are signed in by: our own command line. It is public, and what it gets is a person's session. */
export const COMMAND_LINE_CLIENT = "tabard"

const TYPE = "urn:ietf:params:oauth:grant-type:device_code"

/** Answers the command line as the library knows clients. */
export const commandLineClient: ClientMetadata = {
  client_id: COMMAND_LINE_CLIENT,
  client_name: "Tabard's command line",
  application_type: "native",
  redirect_uris: [],
  response_types: [],
  grant_types: [TYPE],
  token_endpoint_auth_method: "none",
}

/** The session that a person agreed to, once; until then, in the words of §3.5, what the device has to wait for. */
export const deviceCode: OwnGrant = {
  kind: "own",
  type: TYPE,
  forInstances: false,
  client: "required",
  parameters: ["device_code"],
  answer: async ({ parameters }, settings) => {
    const code = parameters.one("device_code")
    if (code === undefined) throw new errors.InvalidRequest("device_code is missing")
    const answer = await redeemDeviceSignIn({ ...settings, door: "issuer" }, code)
    switch (answer.kind) {
      case "pending":
        throw new errors.AuthorizationPending("nobody has answered yet")
      case "too-soon":
        throw new errors.SlowDown("ask less often")
      case "denied":
        throw new errors.AccessDenied("the person said no")
      case "over":
        throw new errors.ExpiredToken("this code is over, or was used: begin again")
      case "session": {
        const { token, expiresAt } = answer.session
        const left = Math.floor((expiresAt.getTime() - settings.clock.now().getTime()) / 1000)
        return { body: { access_token: token, token_type: "Bearer", expires_in: left } }
      }
    }
  },
}

/** Answers where a device begins (§3.1, §3.2). */
export async function answerDeviceAuthorization(
  settings: IssuerSettings,
  { request, response }: { request: IncomingMessage; response: ServerResponse },
): Promise<void> {
  const form = (await readForm(request))?.form
  const [client, ...others] = form?.getAll("client_id") ?? []
  if (client !== COMMAND_LINE_CLIENT || others.length > 0)
    return answerJson(response, 401, { error: "invalid_client", error_description: "no such client" })
  const {
    deviceCode: code,
    userCode,
    expiresAt,
  } = await beginDeviceSignIn({ ...settings, door: "issuer" }, machineIn(form?.get("machine") ?? ""))
  const page = `${new URL(settings.issuer).origin}/consent/device`
  return answerJson(response, 200, {
    device_code: code,
    user_code: userCode,
    verification_uri: page,
    verification_uri_complete: `${page}#${userCode}`,
    expires_in: Math.floor((expiresAt.getTime() - settings.clock.now().getTime()) / 1000),
    interval: DEVICE_INTERVAL_SECONDS,
  })
}

/** What a machine calls itself is a stranger's word: one line, and short. */
function machineIn(text: string): string {
  const plain = text
    .replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, " ")
    .trim()
    .slice(0, 80)
  return plain || "a machine without a name"
}
