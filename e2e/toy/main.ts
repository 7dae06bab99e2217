/// <reference types="vite/client" />

import "../../app/store/theme.ts";
import "../../app/styles.css";
import "../../app/shell/shell.css";
import { LENSES } from "../../app/lenses/lenses.ts";
import { mount } from "../../app/mount.tsx";
import { TOY } from "./lens/index.ts";

// app/main.tsx with one row more. It stands second, so that it has a number key however many lenses there will be.
const { window: first, ...others } = LENSES;
void mount(document.getElementById("root")!, { window: first, toy: TOY, ...others });
