/** Code that arrives when it is needed: asked for once, so that the second time costs no more than a look. */

/** Answers a function that loads at the first call; a failure is forgotten, and the next call tries again. */
export function once<Code>(load: () => Promise<Code>): () => Promise<Code> {
  let loading: Promise<Code> | undefined
  return () => {
    loading ??= load().catch((error: unknown) => {
      loading = undefined
      throw error
    })
    return loading
  }
}
