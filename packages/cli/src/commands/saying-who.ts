import { type Credentials, Refused } from "@tabard/client"
import { Problem } from "@tabard/core"

/** Of a key that the server does not take, it says no more. */
const NOT_KNOWN =
  "its key is not enrolled (any more): it was revoked, or the agent retired; its owner can offer a new code for tabard agents enroll"

/** Says whose token was refused, or that nobody answered; what we do not know goes on as it is. */
export function sayingWho(error: unknown, { agent, tokenEndpoint }: Credentials): never {
  if (error instanceof Refused) {
    const more = error.code === "invalid_client" ? `; ${NOT_KNOWN}` : ""
    throw new Refused(
      error.status,
      error.code,
      `${agent} gets no token (${error.code}): ${error.message}${more}`,
    )
  }
  // What `fetch` throws where there is no connection.
  if (error instanceof TypeError && error.message === "fetch failed") {
    throw new Problem("body_invalid", `no Tabard answers at ${tokenEndpoint}; start it, or enrol anew`, {
      cause: error,
    })
  }
  throw error
}
