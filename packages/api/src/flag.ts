import { z } from "zod"

/** Yes or no in a query, where everything is text. */
export const Flag: z.ZodType<boolean> = z
  .stringbool({ truthy: ["true"], falsy: ["false"] })
  .meta({ enum: ["true", "false"] })
