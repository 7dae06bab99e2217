import "./store/theme.ts";
import "./styles.css";
import "./shell/shell.css";
import { LENSES } from "./lenses/lenses.ts";
import { mount } from "./mount.tsx";
import { PAGES } from "./pages.ts";

void mount(document.getElementById("root")!, LENSES, PAGES);
