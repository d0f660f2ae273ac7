import type { Handlers } from "../handler.ts"
import type { ApiServices } from "../services.ts"

/** What runs here. */
export function aboutHandlers({ installation, issuer }: ApiServices): Pick<Handlers, "getAbout"> {
  return {
    getAbout: async () => ({
      ...installation.facts,
      schema: await installation.schema(),
      issuer: issuer.issuer,
    }),
  }
}
