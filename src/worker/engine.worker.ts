import { serve } from "./server.ts";

// The worker's entry: the only file that runs there and nowhere else.
serve(self);
