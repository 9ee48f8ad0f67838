// The sign-in page: a password can be shown while it is typed, and Caps Lock is noticed.
const password = document.getElementById("id_password");
const show = document.getElementById("show-password");
const capsLock = document.getElementById("caps-lock");

function setShown(shown) {
  password.type = shown ? "text" : "password";
  show.setAttribute("aria-pressed", String(shown));
  show.textContent = shown ? "ซ่อนรหัสผ่าน" : "แสดงรหัสผ่าน";
}

show.hidden = false;
show.addEventListener("click", () => setShown(password.type === "password"));
// Sent hidden again, so that browsers offer to keep it as a password and never as plain text.
password.form.addEventListener("submit", () => setShown(false));
for (const name of ["keydown", "keyup", "mousedown"]) {
  password.addEventListener(name, (event) => {
    capsLock.hidden = !event.getModifierState?.("CapsLock");
  });
}
