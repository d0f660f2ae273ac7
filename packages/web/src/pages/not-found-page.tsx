import { Link } from "@tanstack/react-router"
import type { ReactNode } from "react"
import { EmptyFace } from "../components/faces.tsx"

/** Says that an address leads nowhere. */
export function NotFoundPage(): ReactNode {
  return (
    <EmptyFace
      title="There is no such page"
      next={
        <Link to="/" className="text-accent hover:underline">
          Go to the overview
        </Link>
      }
    >
      The address may be from another version of the console.
    </EmptyFace>
  )
}
