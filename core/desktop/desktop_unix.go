//go:build linux || freebsd || netbsd || openbsd || dragonfly

package desktop

import (
	"context"
	"errors"
	"fmt"
	"image"
	"image/draw"
	"net/url"
	"slices"
	"strings"
	"sync"

	"github.com/godbus/dbus/v5"

	"rentbell/core"
)

const (
	// service shows notifications,
	// https://specifications.freedesktop.org/notification-spec
	service = "org.freedesktop.Notifications"
	// watcher lists the icons of the tray,
	// https://www.freedesktop.org/wiki/Specifications/StatusNotifierItem
	watcher = "org.kde.StatusNotifierWatcher"
)

// session is the connection to the session bus and the presses it waits for.
type session struct {
	joining sync.Mutex
	conn    *dbus.Conn // nil until the first call
	presses presses
}

// Notify shows a notification. It returns core.ErrNoNotifier when no service is
// there to show it. After another error the notification may still be on the
// screen. n.Pressed runs on the connection's goroutine.
func (d *Desktop) Notify(ctx context.Context, n core.Notice) error {
	ctx, cancel := context.WithTimeout(ctx, d.patience)
	defer cancel()
	conn, err := d.join(ctx)
	if err != nil {
		return fmt.Errorf("%w: %w", core.ErrNoNotifier, err)
	}
	object := conn.Object(service, "/org/freedesktop/Notifications")
	var can []string
	if err := object.CallWithContext(ctx, service+".GetCapabilities", 0).Store(&can); err != nil {
		return fmt.Errorf("%w: ask what it can: %w", core.ErrNoNotifier, err)
	}
	body := n.Body
	if slices.Contains(can, "body-markup") {
		body = markup.Replace(body)
	}
	const replaces, expires = uint32(0), int32(-1) // it replaces none, and the service chooses when it goes
	var id uint32
	call := object.CallWithContext(ctx, service+".Notify", 0, "Rentbell", replaces, "", n.Title, body, []string{"default", n.Press}, d.hints(n), expires)
	if err := call.Store(&id); err != nil {
		return fmt.Errorf("show notification: %w", err)
	}
	if n.Pressed != nil {
		d.presses.wait(id, n.Pressed)
	}
	return nil
}

// markup escapes a body for a service that reads markup.
var markup = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", `"`, "&quot;", "'", "&#39;")

// hints returns the optional wishes for a notification. A service may ignore
// them.
func (d *Desktop) hints(n core.Notice) map[string]dbus.Variant {
	hints := map[string]dbus.Variant{
		"image-data":     dbus.MakeVariant(pictureOf(d.icon)),
		"suppress-sound": dbus.MakeVariant(n.Silent),
	}
	if !n.Silent {
		hints["sound-name"] = dbus.MakeVariant("message-new-instant")
	}
	return hints
}

// picture is an image in the form of the notification specification,
// (iiibiiay).
type picture struct {
	Width, Height, Stride int32
	Alpha                 bool
	Bits, Channels        int32
	Pixels                []byte
}

func pictureOf(icon image.Image) picture {
	size := icon.Bounds().Size()
	flat := image.NewNRGBA(image.Rectangle{Max: size})
	draw.Draw(flat, flat.Rect, icon, icon.Bounds().Min, draw.Src)
	return picture{int32(size.X), int32(size.Y), int32(flat.Stride), true, 8, 4, flat.Pix}
}

// join returns the connection to the session bus. It connects when there is no
// connection or the old one is broken. It starts no bus.
func (d *Desktop) join(ctx context.Context) (*dbus.Conn, error) {
	d.joining.Lock()
	defer d.joining.Unlock()
	if d.conn != nil && d.conn.Connected() {
		return d.conn, nil
	}
	d.presses.forget()
	conn, err := dbus.SessionBusPrivateNoAutoStartup(dbus.WithSignalHandler(&d.presses))
	if err != nil {
		return nil, fmt.Errorf("find session bus: %w", err)
	}
	if err := listen(ctx, conn); err != nil {
		_ = conn.Close() // err is the reason to report
		return nil, fmt.Errorf("join session bus: %w", err)
	}
	d.conn = conn
	return conn, nil
}

// listen signs in to the bus and subscribes to the signals that tell of
// presses.
func listen(ctx context.Context, conn *dbus.Conn) error {
	stop := context.AfterFunc(ctx, func() { _ = conn.Close() }) // signing in takes no context
	defer stop()
	if err := conn.Auth(nil); err != nil {
		return err
	}
	if err := conn.Hello(); err != nil {
		return err
	}
	return errors.Join(
		conn.AddMatchSignalContext(ctx, dbus.WithMatchInterface(service)),
		conn.AddMatchSignalContext(ctx, dbus.WithMatchMember("NameOwnerChanged"), dbus.WithMatchArg(0, service)),
	)
}

// Tray reports whether a program shows the icons of the tray. A desktop can
// have none.
func (d *Desktop) Tray(ctx context.Context) bool {
	ctx, cancel := context.WithTimeout(ctx, d.patience)
	defer cancel()
	conn, err := d.join(ctx)
	if err != nil {
		return false
	}
	var there bool
	if err := conn.BusObject().CallWithContext(ctx, "org.freedesktop.DBus.NameHasOwner", 0, watcher).Store(&there); err != nil || !there {
		return false
	}
	var shown dbus.Variant
	call := conn.Object(watcher, "/StatusNotifierWatcher").CallWithContext(ctx, "org.freedesktop.DBus.Properties.Get", 0, watcher, "IsStatusNotifierHostRegistered")
	if call.Store(&shown) != nil {
		return true // a watcher that does not answer this is assumed to show them
	}
	is, said := shown.Value().(bool)
	return is || !said
}

// ShowFile asks the file manager to show a file selected in its folder,
// https://www.freedesktop.org/wiki/Specifications/file-manager-interface. The bus starts one
// if none is running. After an error none has shown it.
func (d *Desktop) ShowFile(ctx context.Context, path string) error {
	ctx, cancel := context.WithTimeout(ctx, d.patience)
	defer cancel()
	conn, err := d.join(ctx)
	if err != nil {
		return fmt.Errorf("show file: %w", err)
	}
	const manager = "org.freedesktop.FileManager1"
	file := url.URL{Scheme: "file", Path: path}
	call := conn.Object(manager, "/org/freedesktop/FileManager1").CallWithContext(ctx, manager+".ShowItems", 0, []string{file.String()}, "")
	if call.Err != nil {
		return fmt.Errorf("show file: %w", call.Err)
	}
	return nil
}

// Sounds is true: a notification can ask the service to stay silent.
func (*Desktop) Sounds() bool { return true }

// Close closes the connection. No press is reported after it, except one that
// is already being handled.
func (d *Desktop) Close() error {
	d.joining.Lock()
	defer d.joining.Unlock()
	if d.conn == nil {
		return nil
	}
	return d.conn.Close()
}

// DeliverSignal implements dbus.SignalHandler. It runs on the connection's own
// goroutine, so it must not block.
func (p *presses) DeliverSignal(_, _ string, s *dbus.Signal) {
	if s.Name == "org.freedesktop.DBus.NameOwnerChanged" {
		p.forget()
		return
	}
	if len(s.Body) == 0 {
		return
	}
	id, _ := s.Body[0].(uint32)
	switch s.Name {
	case service + ".ActionInvoked":
		if pressed := p.take(id); pressed != nil {
			pressed()
		}
	case service + ".NotificationClosed":
		p.mu.Lock()
		delete(p.shown, id)
		p.mu.Unlock()
	}
}
