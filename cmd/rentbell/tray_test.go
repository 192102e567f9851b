//go:build linux

package main_test

import (
	"errors"
	"fmt"
	"strings"

	"github.com/godbus/dbus/v5"
	"github.com/godbus/dbus/v5/prop"
)

const (
	watcherName = "org.kde.StatusNotifierWatcher"
	itemName    = "org.kde.StatusNotifierItem"
	menuName    = "com.canonical.dbusmenu"
)

// tray stands in for the desktop's tray
// (freedesktop.org/wiki/Specifications/StatusNotifierItem).
type tray struct {
	conn  *dbus.Conn
	items chan trayItem // in the order they came; room for more than any test starts
}

func serveTray(conn *dbus.Conn) (*tray, error) {
	t := &tray{conn: conn, items: make(chan trayItem, 100)}
	_, err := prop.Export(conn, "/StatusNotifierWatcher", prop.Map{watcherName: {
		"IsStatusNotifierHostRegistered": {Value: true},
		"ProtocolVersion":                {Value: int32(0)},
		"RegisteredStatusNotifierItems":  {Value: []string{}},
	}})
	if err != nil {
		return nil, fmt.Errorf("export tray properties: %w", err)
	}
	return t, own(conn, watcherName, "/StatusNotifierWatcher", trayMethods{t})
}

// trayMethods are those that may be called over the bus.
type trayMethods struct{ tray *tray }

// RegisterStatusNotifierItem takes the name of a service or, as most programs
// send it, the path of an object of the caller.
func (m trayMethods) RegisterStatusNotifierItem(item string, sender dbus.Sender) *dbus.Error {
	service, path := item, "/StatusNotifierItem"
	if strings.HasPrefix(item, "/") {
		service, path = string(sender), item
	}
	m.tray.items <- trayItem{conn: m.tray.conn, service: service, path: dbus.ObjectPath(path)}
	return nil
}

func (trayMethods) RegisterStatusNotifierHost(string) *dbus.Error { return nil }

// trayItem is an icon in the tray.
type trayItem struct {
	conn    *dbus.Conn
	service string
	path    dbus.ObjectPath
}

// property reads one of the item's properties.
func (i trayItem) property(name string, value any) error {
	if err := i.conn.Object(i.service, i.path).StoreProperty(itemName+"."+name, value); err != nil {
		return fmt.Errorf("read tray item's %s: %w", name, err)
	}
	return nil
}

// icon returns the size of the item's picture in pixels and how many of them
// are not transparent.
func (i trayItem) icon() (width, height, visible int, err error) {
	var pictures []struct {
		W, H int32
		ARGB []byte
	}
	if err := i.property("IconPixmap", &pictures); err != nil {
		return 0, 0, 0, err
	}
	if len(pictures) != 1 || len(pictures[0].ARGB) != int(4*pictures[0].W*pictures[0].H) {
		return 0, 0, 0, errors.New("tray item has no single whole picture")
	}
	for at := 0; at < len(pictures[0].ARGB); at += 4 {
		if pictures[0].ARGB[at] != 0 {
			visible++
		}
	}
	return int(pictures[0].W), int(pictures[0].H), visible, nil
}

// menuEntry is one line of a tray menu.
type menuEntry struct {
	id       int32
	Label    string // empty for a line that separates
	Disabled bool
	Submenu  []menuEntry
}

// menu reads the whole menu, as a desktop does to draw it.
func (i trayItem) menu() ([]menuEntry, error) {
	object, err := i.menuObject()
	if err != nil {
		return nil, err
	}
	var revision uint32
	var root menuNode
	call := object.Call(menuName+".GetLayout", 0, int32(0), int32(-1), []string{})
	if err := call.Store(&revision, &root); err != nil {
		return nil, fmt.Errorf("read tray menu: %w", err)
	}
	return entries(root.Children)
}

// click chooses a line of the menu.
func (i trayItem) click(e menuEntry) error {
	object, err := i.menuObject()
	if err != nil {
		return err
	}
	err = object.Call(menuName+".Event", 0, e.id, "clicked", dbus.MakeVariant(int32(0)), uint32(0)).Err
	if err != nil {
		return fmt.Errorf("click %q: %w", e.Label, err)
	}
	return nil
}

func (i trayItem) menuObject() (dbus.BusObject, error) {
	var path dbus.ObjectPath
	if err := i.property("Menu", &path); err != nil {
		return nil, err
	}
	return i.conn.Object(i.service, path), nil
}

// menuNode is a line as dbusmenu sends it: (ia{sv}av).
type menuNode struct {
	ID         int32
	Properties map[string]dbus.Variant
	Children   []dbus.Variant
}

func entries(children []dbus.Variant) ([]menuEntry, error) {
	var all []menuEntry
	for _, child := range children {
		var node menuNode
		if err := child.Store(&node); err != nil {
			return nil, fmt.Errorf("read menu line: %w", err)
		}
		submenu, err := entries(node.Children)
		if err != nil {
			return nil, err
		}
		label, _ := node.Properties["label"].Value().(string) // a separator has none
		enabled, given := node.Properties["enabled"].Value().(bool)
		all = append(all, menuEntry{id: node.ID, Label: label, Disabled: given && !enabled, Submenu: submenu})
	}
	return all, nil
}

// find returns the line with a label.
func find(menu []menuEntry, label string) (menuEntry, error) {
	for _, entry := range menu {
		if entry.Label == label {
			return entry, nil
		}
	}
	return menuEntry{}, fmt.Errorf("menu has no %q: %v", label, labels(menu))
}

// labels lists what can be read in a menu, separators as "-".
func labels(menu []menuEntry) []string {
	var all []string
	for _, entry := range menu {
		if entry.Label == "" {
			all = append(all, "-")
			continue
		}
		all = append(all, entry.Label)
	}
	return all
}
