//go:build linux

package main_test

import (
	"errors"
	"image"
	"image/color"
	"image/draw"
	"slices"
	"testing"

	"github.com/godbus/dbus/v5"
	"github.com/godbus/dbus/v5/prop"
)

// The stand-ins are what the end-to-end test judges the app by, so they are
// judged first: by a client that speaks to them as the app does.

func TestNotificationsAreShownAsSent(t *testing.T) {
	d := startDesktop(t)
	service := connect(t, d.bus).Object("org.freedesktop.Notifications", "/org/freedesktop/Notifications")
	notify := func(replaces uint32) (id uint32) {
		err := service.Call("org.freedesktop.Notifications.Notify", 0, "client", replaces, "icon", "Title", "Body",
			[]string{}, map[string]dbus.Variant{}, int32(0)).Store(&id)
		if err != nil {
			t.Fatal(err)
		}
		return id
	}
	first, second := notify(0), notify(0)
	if first == 0 || first == second {
		t.Errorf("ids %d and %d, want two different ones", first, second)
	}
	if got := notify(second); got != second {
		t.Errorf("replacing %d gave %d", second, got)
	}
	want := notification{App: "client", Title: "Title", Body: "Body"}
	for range 3 {
		if got := take(t, "notification", d.notifications.shown); got.App != want.App || got.Title != want.Title || got.Body != want.Body {
			t.Errorf("got %+v, want %+v", got, want)
		}
	}
}

// menuStandIn is the least of a tray item's menu.
type menuStandIn struct{ clicked chan int32 }

func (menuStandIn) GetLayout(int32, int32, []string) (uint32, menuNode, *dbus.Error) {
	line := func(id int32, properties map[string]any, children ...dbus.Variant) dbus.Variant {
		node := menuNode{ID: id, Properties: map[string]dbus.Variant{}, Children: children}
		for name, value := range properties {
			node.Properties[name] = dbus.MakeVariant(value)
		}
		return dbus.MakeVariant(node)
	}
	return 1, menuNode{Children: []dbus.Variant{
		line(1, map[string]any{"label": "Listening", "enabled": false}),
		line(2, map[string]any{"type": "separator"}),
		line(3, map[string]any{"label": "Pause", "enabled": true}, line(4, map[string]any{"label": "1 hour"})),
	}}, nil
}

func (m menuStandIn) Event(id int32, _ string, _ dbus.Variant, _ uint32) *dbus.Error {
	m.clicked <- id
	return nil
}

func TestTrayReadsIconAndMenu(t *testing.T) {
	d := startDesktop(t)
	client := connect(t, d.bus)
	menu := menuStandIn{clicked: make(chan int32, 1)}
	if err := client.Export(menu, "/menu", menuName); err != nil {
		t.Fatal(err)
	}
	picture := []struct {
		W, H int32
		ARGB []byte
	}{{W: 2, H: 1, ARGB: []byte{0, 9, 9, 9, 255, 1, 2, 3}}}
	_, err := prop.Export(client, "/item", prop.Map{itemName: {
		"Menu":       {Value: dbus.ObjectPath("/menu")},
		"IconPixmap": {Value: picture},
	}})
	if err != nil {
		t.Fatal(err)
	}
	watcher := client.Object(watcherName, "/StatusNotifierWatcher")
	if err := watcher.Call(watcherName+".RegisterStatusNotifierItem", 0, "/item").Err; err != nil {
		t.Fatal(err)
	}
	item := take(t, "tray item", d.tray.items)

	if w, h, visible, err := item.icon(); w != 2 || h != 1 || visible != 1 || err != nil {
		t.Errorf("icon %dx%d with %d pixels, %v; want 2x1 with 1", w, h, visible, err)
	}
	lines, err := item.menu()
	if err != nil {
		t.Fatal(err)
	}
	if got, want := labels(lines), []string{"Listening", "-", "Pause"}; !slices.Equal(got, want) {
		t.Fatalf("menu %q, want %q", got, want)
	}
	if !lines[0].Disabled || lines[2].Disabled {
		t.Errorf("disabled: %v and %v, want only the first", lines[0].Disabled, lines[2].Disabled)
	}
	hour, err := find(lines[2].Submenu, "1 hour")
	if err != nil {
		t.Fatal(err)
	}
	if err := item.click(hour); err != nil {
		t.Fatal(err)
	}
	if got := take(t, "click", menu.clicked); got != 4 {
		t.Errorf("clicked line %d, want 4", got)
	}
}

func TestEmptyScreenIsBlank(t *testing.T) {
	img := startDesktop(t).capture(t)
	if got, want := img.Bounds().Size(), image.Pt(1180, 760); got != want {
		t.Errorf("screen of %v, want %v", got, want)
	}
	if err := showsWindow(img); !errors.As(err, new(errBlank)) {
		t.Errorf("an empty screen is %v, want blank", err)
	}
	drawn := image.NewRGBA(img.Bounds())
	draw.Draw(drawn, image.Rect(0, 0, 208, 760), image.NewUniform(navigation), image.Point{}, draw.Src)
	if err := showsWindow(drawn); !errors.As(err, new(errBlank)) {
		t.Errorf("a window without text is %v, want blank", err)
	}
	for x := range 2 * fewestShades {
		drawn.Set(x, 0, color.RGBA{R: uint8(x), A: 255})
	}
	if err := showsWindow(drawn); err != nil {
		t.Errorf("a window with text: %v", err)
	}
}
