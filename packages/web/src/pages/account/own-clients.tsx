import type { ReactNode } from "react"
import { ClientGrants } from "../clients/client-grants.tsx"

/** The programs that act in one's name; each is signed out here. */
export function OwnClients(): ReactNode {
  return (
    <>
      <p className="mb-3 max-w-prose text-pretty text-soft">
        Each program that you let act for you, as an agent of yours. Sign out what you do not know.
      </p>
      <ClientGrants />
    </>
  )
}
