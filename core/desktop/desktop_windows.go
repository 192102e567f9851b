package desktop

import (
	"context"
	"encoding/xml"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"sync"
	"syscall"

	"git.sr.ht/~jackmordaunt/go-toast/wintoast"
	"github.com/go-ole/go-ole"
	"golang.org/x/sys/windows"
	"golang.org/x/sys/windows/registry"

	"rentbell/core"
)

const (
	// appID is Rentbell's id, as in FyneApp.toml. Windows tells by it whose
	// notification it is.
	appID = "app.rentbell.Rentbell"
	// activator is the id under which Windows finds this process when a
	// notification is pressed.
	activator = "{9D7C6B6A-3B1F-4E0E-9F0B-6C1C5B0A7E52}"
	// aboutKey, below HKEY_CURRENT_USER, says how notifications of appID look.
	aboutKey = `Software\Classes\AppUserModelId\` + appID
)

// session is how this process shows notifications.
type session struct {
	mu      sync.Mutex
	known   bool // Windows knows of appID
	last    uint32
	presses presses
}

// Notify shows a notification by the Windows Runtime. It never returns
// core.ErrNoNotifier: Fyne would hand the text to PowerShell. n.Pressed runs on a
// thread of Windows.
func (d *Desktop) Notify(_ context.Context, n core.Notice) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	// COM is joined by thread. Windows lets the other threads of a process in
	// as long as one that has joined is there, and Go keeps its threads.
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	if err := d.introduce(); err != nil {
		return fmt.Errorf("show notification: %w", err)
	}
	if err := joinRuntime(); err != nil {
		return fmt.Errorf("show notification: %w", err)
	}
	d.last++
	if n.Pressed != nil {
		d.presses.wait(d.last, n.Pressed)
	}
	text := toast(n, d.last)
	err := wintoast.Push(text)
	if err != nil && d.last == 1 {
		err = wintoast.Push(text) // the first time, go-toast takes a thread that has joined for an error
	}
	if err != nil {
		d.presses.take(d.last)
		return fmt.Errorf("show notification: %w", err)
	}
	return nil
}

// joinRuntime joins the Windows Runtime, and makes sure that it can show
// notifications. Wine cannot, and would call back into a process that is ending.
func joinRuntime() error {
	const multithreaded = 1
	_ = ole.RoInitialize(multithreaded) // an error when the thread has joined before
	manager, err := ole.RoGetActivationFactory("Windows.UI.Notifications.ToastNotificationManager", ole.IID_IInspectable)
	if err != nil {
		return fmt.Errorf("find Windows' notifications: %w", err)
	}
	manager.Release()
	return nil
}

// introduce tells Windows who shows notifications. It writes all values itself:
// go-toast shows the id in place of a name, and leaves what is there as it is.
func (d *Desktop) introduce() error {
	if d.known {
		return nil
	}
	key, _, err := registry.CreateKey(registry.CURRENT_USER, aboutKey, registry.SET_VALUE)
	if err != nil {
		return fmt.Errorf("introduce Rentbell: %w", err)
	}
	err = errors.Join(key.SetStringValue("DisplayName", "Rentbell"), key.SetStringValue("CustomActivator", activator))
	if icon := iconFile(); icon != "" {
		err = errors.Join(err, key.SetStringValue("IconUri", icon))
	}
	err = errors.Join(err, key.Close(), wintoast.SetAppData(wintoast.AppData{AppID: appID, GUID: activator}))
	if err != nil {
		return fmt.Errorf("introduce Rentbell: %w", err)
	}
	wintoast.SetActivationCallback(func(_, id string, _ []wintoast.UserData) { d.pressed(id) })
	d.known = true
	return nil
}

// iconFile returns the icon that setup puts beside the program; empty: there is
// none.
func iconFile() string {
	program, err := os.Executable()
	if err != nil {
		return ""
	}
	icon := filepath.Join(filepath.Dir(program), "rentbell.ico")
	if _, err := os.Stat(icon); err != nil {
		return ""
	}
	return icon
}

// pressed handles a press. Any program of this user can report one.
func (d *Desktop) pressed(id string) {
	n, err := strconv.ParseUint(id, 10, 32)
	if err != nil {
		return
	}
	if pressed := d.presses.take(uint32(n)); pressed != nil {
		pressed()
	}
}

// toast describes a notification,
// https://learn.microsoft.com/uwp/schemas/tiles/toastschema/schema-root
func toast(n core.Notice, id uint32) string {
	var b strings.Builder
	fmt.Fprintf(&b, `<toast launch="%d"><visual><binding template="ToastGeneric"><text>%s</text><text>%s</text></binding></visual>`, id, escaped(n.Title), escaped(n.Body))
	if n.Silent {
		b.WriteString(`<audio silent="true"/>`)
	}
	b.WriteString(`</toast>`)
	return b.String()
}

// escaped keeps a text a text in XML. What XML cannot hold becomes a question mark
// in a diamond.
func escaped(text string) string {
	var b strings.Builder
	_ = xml.EscapeText(&b, []byte(text)) // a Builder takes everything
	return b.String()
}

// ShowFile shows a file selected in Explorer, which answers nothing that could be trusted:
// it ends with 1 also when it has shown the file. path is absolute.
func (*Desktop) ShowFile(_ context.Context, path string) error {
	dir, err := windows.GetSystemWindowsDirectory()
	if err != nil {
		return fmt.Errorf("find Explorer: %w", err)
	}
	explorer := exec.Command(filepath.Join(dir, "explorer.exe"))
	// Explorer splits its command line itself; no path on Windows has a quote.
	explorer.SysProcAttr = &syscall.SysProcAttr{CmdLine: `explorer.exe /select,"` + filepath.Clean(path) + `"`}
	if err := explorer.Start(); err != nil {
		return fmt.Errorf("show file: %w", err)
	}
	return explorer.Process.Release()
}

// Tray is true: the system always has a tray.
func (*Desktop) Tray(context.Context) bool { return true }

// Sounds is true: a notification can ask to stay silent.
func (*Desktop) Sounds() bool { return true }

// Close ends the waiting for presses.
func (d *Desktop) Close() error {
	d.presses.forget()
	return nil
}
