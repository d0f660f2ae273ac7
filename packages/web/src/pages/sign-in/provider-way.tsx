import type { ReactNode } from "react"
import { useSignInWays } from "../../data/session-query.ts"
import { refusalIn } from "./refusal.ts"

/** Offers the way to the OpenID provider where there is one, and says why it did not lead in. */
export function ProviderWay(): ReactNode {
  const { data } = useSignInWays()
  const refusal = refusalIn(window.location.search)
  return (
    <>
      {refusal && (
        <p role="alert" className="rounded-md border border-edge bg-float px-3 py-2">
          {refusal}
        </p>
      )}
      {data?.provider && (
        <a
          href={data.provider.path}
          className="inline-flex h-9 w-full items-center justify-center rounded-md bg-accent-fill px-4 font-medium text-on-fill transition-colors duration-100 hover:bg-accent-hover max-md:h-12 max-md:text-lead"
        >
          Sign in with {data.provider.name}
        </a>
      )}
    </>
  )
}
