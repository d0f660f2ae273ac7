import { type Credentials, Refused } from "@tabard/client"
import { Problem } from "@tabard/core"

/** Says whose token was refused, or that nobody answered; what we do not know goes on as it is. */
export function sayingWho(error: unknown, { agent, tokenEndpoint }: Credentials): never {
  if (error instanceof Refused) {
    throw new Refused(error.status, error.code, `${agent} gets no token (${error.code}): ${error.message}`)
  }
  // What `fetch` throws where there is no connection.
  if (error instanceof TypeError && error.message === "fetch failed") {
    throw new Problem("body_invalid", `no Tabard answers at ${tokenEndpoint}; start it, or enrol anew`, {
      cause: error,
    })
  }
  throw error
}
