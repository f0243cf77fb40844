/** Where the page's own code begins. */
import './app-root.ts'
