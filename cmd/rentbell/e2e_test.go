//go:build linux

package main_test

import (
	"errors"
	"image"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"rentbell/store"
)

const rent = `{"id":"evt_1","type":"payment.received","data":{"lease_id":"20931","amount_cents":145000,"payment_method":"ach"}}`

// TestApp runs the real program on a desktop of its own.
func TestApp(t *testing.T) {
	if testing.Short() {
		t.Skip("runs the whole app")
	}
	need(t, "Xvfb", "dbus-daemon", "xclip")
	program, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	t.Run("delivery rings and shows", func(t *testing.T) { deliveryRingsAndShows(t, program) })
	t.Run("tray menu acts", func(t *testing.T) { trayMenuActs(t, program) })
	t.Run("pressed notification opens window", func(t *testing.T) { pressedNotificationOpensWindow(t, program) })
	t.Run("without a tray nothing is hidden", func(t *testing.T) { withoutTrayNothingIsHidden(t, program) })
	t.Run("first run welcomes", func(t *testing.T) { firstRunWelcomes(t, program) })
	t.Run("second start shows window", func(t *testing.T) { secondStartShowsWindow(t, program) })
	t.Run("data in use is told", func(t *testing.T) { dataInUseIsTold(t, program) })
	t.Run("SIGTERM keeps everything", func(t *testing.T) { sigtermKeepsEverything(t, program) })
	t.Run("SIGTERM at the start ends it", func(t *testing.T) { sigtermAtTheStartEndsIt(t, program) })
	t.Run("demo rings and cleans up", func(t *testing.T) { demoRingsAndCleansUp(t, program) })
	t.Run("trouble at the end is no second window", func(t *testing.T) { troubleAtTheEndIsNoSecondWindow(t, program) })
	t.Run("demo in the dark", func(t *testing.T) { demoInTheDark(t, program) })
}

func deliveryRingsAndShows(t *testing.T, program string) {
	t.Parallel()
	d := startDesktop(t)
	a := start(t, d, program, "--data", t.TempDir())
	item := take(t, "tray item", d.tray.items)
	if w, h, visible, err := item.icon(); err != nil || w < 16 || w != h || visible == 0 {
		t.Errorf("tray icon of %dx%d with %d visible pixels, %v", w, h, visible, err)
	}
	a.awaitListening(t)

	answers(t, a, webhookSecret, rent, http.StatusOK, `{"received":true}`)
	got := take(t, "notification", d.notifications.shown)
	if want := (notification{Title: "Rent received: $1,450.00", Body: "Lease 20931"}); got.Title != want.Title || got.Body != want.Body {
		t.Errorf("notification %+v, want %+v", got, want)
	}

	// Neither rings: the next notification is that of the event after them.
	answers(t, a, webhookSecret, rent, http.StatusOK, `{"received":true,"duplicate":true}`)
	answers(t, a, "somebody else's", strings.Replace(rent, "evt_1", "evt_2", 1), http.StatusUnauthorized, `{"error":"Invalid signature"}`)
	signed := `{"id":"evt_3","type":"lease.signed","data":{"lease_id":"20931","move_in_date":"2026-07-01","term_months":12}}`
	answers(t, a, webhookSecret, signed, http.StatusOK, `{"received":true}`)
	if got := take(t, "notification", d.notifications.shown); !strings.HasPrefix(got.Title, "Lease signed") {
		t.Errorf("notification %+v, want that of the signed lease", got)
	}

	d.shown(t, "delivery.png")
	quit := menuShowsPayment(t, item)
	if err := item.click(quit); err != nil {
		t.Fatal(err)
	}
	a.exits(t, 0)
}

// answers delivers a body and checks what comes back.
func answers(t *testing.T, a *app, secret, body string, status int, answer string) {
	t.Helper()
	if gotStatus, got := a.deliver(t, secret, body); gotStatus != status || got != answer {
		t.Errorf("%s\nis answered with %d %s, want %d %s", body, gotStatus, got, status, answer)
	}
}

// menuShowsPayment checks the tray menu and returns its last line, which quits.
func menuShowsPayment(t *testing.T, item trayItem) menuEntry {
	t.Helper()
	var menu []menuEntry
	eventually(t, "the tray menu shows the payment", func() (err error) {
		if menu, err = item.menu(); err != nil {
			return err
		}
		_, err = find(menu, "$1,450.00 from Lease 20931")
		return err
	})
	for _, label := range []string{"Open Rentbell", "Pause the bell", "Copy address", "Settings", "Quit Rentbell"} {
		if _, err := find(menu, label); err != nil {
			t.Error(err)
		}
	}
	last := menu[len(menu)-1]
	if last.Label != "Quit Rentbell" {
		t.Errorf("the menu ends with %q", last.Label)
	}
	if !menu[0].Disabled || !strings.HasPrefix(menu[0].Label, "Listening at ") {
		t.Errorf("the menu begins with %+v, want where Rentbell listens", menu[0])
	}
	return last
}

func firstRunWelcomes(t *testing.T, program string) {
	t.Parallel()
	d := startDesktop(t)
	data := filepath.Join(t.TempDir(), "new")
	a := run(t, d, program, "--data", data)
	item := take(t, "tray item", d.tray.items)
	d.shown(t, "first-run.png")
	menu, err := item.menu()
	if err != nil {
		t.Fatal(err)
	}
	if address, err := find(menu, "Copy address"); err != nil || !address.Disabled {
		t.Errorf("without keys there is an address to copy: %+v, %v", address, err)
	}
	if info, err := os.Stat(data); err != nil || info.Mode().Perm() != 0o700 {
		t.Errorf("data directory %v, %v; want one for its owner alone", info, err)
	}
	a.signal(t, syscall.SIGTERM)
	a.exits(t, 0)
}

func secondStartShowsWindow(t *testing.T, program string) {
	t.Parallel()
	d := startDesktop(t)
	data := t.TempDir()
	first := start(t, d, program, "--data", data, "--hidden")
	take(t, "tray item", d.tray.items)
	first.awaitListening(t)
	if img := d.capture(t); !errors.As(showsWindow(img), new(errBlank)) {
		t.Error("--hidden shows the window")
	}

	run(t, d, program, "--data", data).exits(t, 0)
	d.shown(t, "second-start.png") // the first one's window
	first.signal(t, syscall.SIGTERM)
	first.exits(t, 0)
}

// dataInUseIsTold starts the app beside a process that has the data but no
// window, such as rentbelld or one that is just stopping.
func dataInUseIsTold(t *testing.T, program string) {
	t.Parallel()
	d := startDesktop(t)
	data := t.TempDir()
	holder, err := store.Open(data)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = holder.Close() }() // it is empty
	began := time.Now()
	a := run(t, d, program, "--data", data)
	a.exits(t, 1)
	if took := time.Since(began); took > 5*time.Second {
		t.Errorf("it took %v to end", took)
	}
	if got := take(t, "notification", d.notifications.shown); got.Title != "Rentbell is already running" {
		t.Errorf("notification %+v", got)
	}
	if !strings.Contains(a.log.String(), data) {
		t.Error("stderr does not name the data directory")
	}
}

func sigtermKeepsEverything(t *testing.T, program string) {
	t.Parallel()
	d := startDesktop(t)
	data := t.TempDir()
	for _, want := range []string{`{"received":true}`, `{"received":true,"duplicate":true}`} {
		a := start(t, d, program, "--data", data)
		take(t, "tray item", d.tray.items)
		a.awaitListening(t)
		answers(t, a, webhookSecret, rent, http.StatusOK, want)
		a.signal(t, syscall.SIGTERM)
		a.exits(t, 0)
	}
}

// sigtermAtTheStartEndsIt asks the app to end while it makes its window: it listens
// already, and Fyne does not.
func sigtermAtTheStartEndsIt(t *testing.T, program string) {
	t.Parallel()
	a := start(t, startDesktop(t), program, "--data", t.TempDir())
	a.awaitListening(t)
	a.signal(t, syscall.SIGTERM)
	a.exits(t, 0)
}

// demoRingsAndCleansUp also takes pictures for the README.
func demoRingsAndCleansUp(t *testing.T, program string) {
	t.Parallel()
	d := startDesktop(t)
	a := run(t, d, program, "--demo")
	item := take(t, "tray item", d.tray.items)
	take(t, "notification", d.notifications.shown)
	d.shown(t, "overview.png")
	rang := take(t, "notification", d.notifications.shown)
	for !strings.HasPrefix(rang.Title, "Rent received") {
		rang = take(t, "notification", d.notifications.shown)
	}
	if err := d.notifications.press(rang); err != nil {
		t.Fatal(err)
	}
	d.settled(t, "payment.png", paymentPane)
	quit(t, item, a)
	left, err := os.ReadDir(a.temporary)
	if err != nil || len(left) > 0 {
		t.Errorf("the demo leaves %v behind, %v", left, err)
	}
}

// troubleAtTheEndIsNoSecondWindow has something in the demo's directory that Rentbell
// does not remove.
func troubleAtTheEndIsNoSecondWindow(t *testing.T, program string) {
	t.Parallel()
	d := startDesktop(t)
	a := run(t, d, program, "--demo")
	take(t, "tray item", d.tray.items)
	demos, err := filepath.Glob(filepath.Join(a.temporary, "rentbell-demo-*"))
	if err != nil || len(demos) != 1 {
		t.Fatalf("demo directories %v, %v", demos, err)
	}
	if err := os.MkdirAll(filepath.Join(demos[0], "strange", "thing"), 0o700); err != nil {
		t.Fatal(err)
	}
	a.signal(t, syscall.SIGTERM)
	a.exits(t, 1) // and its log holds no panic
	if !strings.Contains(a.log.String(), "did not end well") {
		t.Error("the log does not say what was wrong")
	}
}

// demoInTheDark follows a desktop that is dark.
func demoInTheDark(t *testing.T, program string) {
	t.Parallel()
	d := startDesktop(t)
	a := launch(t, d, []string{"FYNE_THEME=dark"}, []string{program, "--demo"})
	take(t, "notification", d.notifications.shown)
	d.settled(t, "overview-dark.png", func(img *image.RGBA) error { return showsGround(img, darkNavigation) })
	a.signal(t, syscall.SIGTERM)
	a.exits(t, 0)
}
