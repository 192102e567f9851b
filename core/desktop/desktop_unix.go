//go:build linux || freebsd || netbsd || openbsd || dragonfly

package desktop

import (
	"context"
	"errors"
	"fmt"
	"image"
	"image/draw"
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
	// watcher knows of a tray and what is in it,
	// https://www.freedesktop.org/wiki/Specifications/StatusNotifierItem
	watcher = "org.kde.StatusNotifierWatcher"
)

// session is our place on the session bus.
type session struct {
	joining sync.Mutex
	conn    *dbus.Conn // nil until it is needed
	presses presses
}

// Notify shows a notice. core.ErrNoNotifier when nobody is there to do that;
// after another error it may be on the screen all the same.
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
	const replaces, expires = uint32(0), int32(-1) // none; as the service likes
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

// markup is what means something in a body that is taken for markup.
var markup = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", `"`, "&quot;", "'", "&#39;")

// hints are what a service may heed or not.
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

// picture is an image as the service takes it: (iiibiiay).
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

// join returns the connection to the session bus, a new one where there is none
// or it has broken. It starts no bus.
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
		_ = conn.Close() // the reason for giving up is err
		return nil, fmt.Errorf("join session bus: %w", err)
	}
	d.conn = conn
	return conn, nil
}

// listen signs in and asks to be told of presses.
func listen(ctx context.Context, conn *dbus.Conn) error {
	stop := context.AfterFunc(ctx, func() { _ = conn.Close() }) // signing in takes no ctx
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

// Tray reports whether somebody shows what is in the tray.
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
		return true // a watcher that does not say is believed
	}
	is, said := shown.Value().(bool)
	return is || !said
}

// Sounds is true: a service that makes sounds can be asked not to.
func (*Desktop) Sounds() bool { return true }

// Close leaves the bus. Nothing is called back after it has returned, but for
// what is on its way.
func (d *Desktop) Close() error {
	d.joining.Lock()
	defer d.joining.Unlock()
	if d.conn == nil {
		return nil
	}
	return d.conn.Close()
}
