/** Path data of a drawing from lucide-static; made at build time by build/lucide.ts. */
declare module 'lucide:*' {
  const pathData: string
  export default pathData
}
