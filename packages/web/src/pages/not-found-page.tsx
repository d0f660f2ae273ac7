import { Link } from "@tanstack/react-router"
import type { ReactNode } from "react"
import { EmptyFace } from "../components/faces.tsx"
import { Page } from "../components/page.tsx"

/** Says that an address leads nowhere. */
export function NotFoundPage(): ReactNode {
  return (
    <Page title="There is no such page">
      <EmptyFace
        title="Nothing is at this address"
        next={
          <Link to="/" className="text-accent hover:underline">
            Go to the overview
          </Link>
        }
      >
        It may be from another version of the console.
      </EmptyFace>
    </Page>
  )
}
