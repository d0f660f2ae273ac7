import type { SessionView } from "@tabard/api"
import { RouterProvider } from "@tanstack/react-router"
import type { ReactNode } from "react"
import { router } from "./routes.ts"
import { SignedInProvider } from "./shell/signed-in-context.ts"

/** Every page, for the person who is signed in. */
export function Pages({ session }: { session: SessionView }): ReactNode {
  return (
    <SignedInProvider value={session}>
      <RouterProvider router={router} />
    </SignedInProvider>
  )
}
