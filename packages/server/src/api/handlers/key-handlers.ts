import { rewrapKeys } from "../../keys/rewrap-keys.ts"
import type { Handlers } from "../handler.ts"
import { type ApiServices, recordContext } from "../services.ts"

/** What is done with the server's own keys. */
export function keyHandlers(services: ApiServices): Pick<Handlers, "rewrapKeys"> {
  const { shelf, encryption } = services
  return {
    rewrapKeys: ({ user }) => rewrapKeys({ ...recordContext(services), shelf, encryption }, user.id),
  }
}
