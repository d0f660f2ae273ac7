import type { ReactNode, SelectHTMLAttributes } from "react"
import { Icon } from "./icon.tsx"

/** A choice of one out of a few; the list is the platform's own, which works under any thumb. */
export function SelectBox(props: SelectHTMLAttributes<HTMLSelectElement>): ReactNode {
  const { className = "", children, ...rest } = props
  return (
    <span className={`relative inline-flex min-w-0 ${className}`}>
      <select
        {...rest}
        className="h-8 w-full appearance-none truncate rounded-md border border-edge bg-ground pr-8 pl-2.5 text-ink hover:bg-hover max-md:h-10 max-md:text-lead"
      >
        {children}
      </select>
      <Icon
        name="down"
        className="pointer-events-none absolute top-1/2 right-2.5 size-3.5 -translate-y-1/2 text-faint"
      />
    </span>
  )
}
