export {homogenizedVerdicts} from "./homogenized-claims.ts";
export {streamingVerdicts} from "./streaming-claims.ts";
export {trendVerdicts} from "./trend-claims.ts";
