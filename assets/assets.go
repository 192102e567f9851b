// Package assets holds the pictures the binary carries, as fyne.Resource values
// that are never changed. It knows nothing of the rest of the program.
//
// The icons are single filled paths on a 24 by 24 grid, so that
// theme.NewColoredResource can recolour them and they stay crisp at 16, 20 and
// 24. The app icon keeps its own colours.
package assets

import (
	"embed"
	"strconv"

	"fyne.io/fyne/v2"
)

//go:embed icons/*.svg icons/png/*.png
var files embed.FS

// The pages, in the order of the navigation.
var (
	NavOverview   = icon("nav-overview")
	NavPayments   = icon("nav-payments")
	NavWorkOrders = icon("nav-workorders")
	NavLeases     = icon("nav-leases")
	NavTenants    = icon("nav-tenants")
	NavActivity   = icon("nav-activity")
	NavSettings   = icon("nav-settings")
)

// What happened to a delivery, and how things stand.
var (
	Alert     = icon("alert")
	Check     = icon("check")
	Duplicate = icon("duplicate")
	Info      = icon("info")
	Offline   = icon("offline")
	Rejected  = icon("rejected")
	Returned  = icon("returned")
	Verified  = icon("verified")
)

// Actions and marks.
var (
	ArrowDown    = icon("arrow-down")
	ArrowUp      = icon("arrow-up")
	Calendar     = icon("calendar")
	ChevronDown  = icon("chevron-down")
	ChevronLeft  = icon("chevron-left")
	ChevronRight = icon("chevron-right")
	Clock        = icon("clock")
	Close        = icon("close")
	Copy         = icon("copy")
	Desk         = icon("desk")
	Export       = icon("export")
	External     = icon("external")
	Eye          = icon("eye")
	Folder       = icon("folder")
	Globe        = icon("globe")
	House        = icon("house")
	Key          = icon("key")
	Moon         = icon("moon")
	Pause        = icon("pause")
	Play         = icon("play")
	Refresh      = icon("refresh")
	Search       = icon("search")
	Send         = icon("send")
	Test         = icon("test")
)

// The bell: solid for what has just arrived and for actions that ring it,
// outlined for an empty page.
var (
	Bell        = icon("bell")
	BellOutline = icon("bell-outline")
)

// AppIcon is the program's own icon, full colour, as a drawing and as the
// pixels that window managers and packages ask for.
var (
	AppIcon    = icon("app-icon")
	AppIcon64  = file("png/app-icon-64.png")
	AppIcon128 = file("png/app-icon-128.png")
	AppIcon256 = file("png/app-icon-256.png")
	AppIcon512 = file("png/app-icon-512.png")
)

// TrayIcon is one state of the tray icon. States differ in shape, not in colour.
type TrayIcon struct {
	Template fyne.Resource // SVG: macOS colours it, when wrapped by theme.NewThemedResource
	Large    fyne.Resource // PNG, 44 pixels, brass: Linux panels of 22 points, once and twice
	// Icons are for Windows, PNG of 32, 40, 48 and 64 pixels, brass: an icon's size
	// at 100, 125, 150 and 200 %, of which the tray shows half.
	Icons []fyne.Resource
}

// The tray states.
var (
	TrayListening  = tray("listening")
	TrayConnecting = tray("connecting")
	TrayOffline    = tray("offline")
	TrayPaused     = tray("paused")
)

func icon(name string) fyne.Resource { return file(name + ".svg") }

func tray(state string) TrayIcon {
	return TrayIcon{
		Template: icon("tray-" + state),
		Large:    brass(state, 44),
		Icons:    []fyne.Resource{brass(state, 32), brass(state, 40), brass(state, 48), brass(state, 64)},
	}
}

func brass(state string, pixels int) fyne.Resource {
	return file("png/tray-" + state + "-brass-" + strconv.Itoa(pixels) + ".png")
}

// file panics on a name that is not embedded: no input can cause it, and the
// first test run shows it.
func file(name string) fyne.Resource {
	content, err := files.ReadFile("icons/" + name)
	if err != nil {
		panic(err)
	}
	return fyne.NewStaticResource(name, content)
}
