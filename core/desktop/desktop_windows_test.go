package desktop

import (
	"encoding/xml"
	"errors"
	"os"
	"testing"

	"golang.org/x/sys/windows/registry"

	"rentbell/core"
)

// shown is what Windows reads of a notification.
type shown struct {
	Launch string   `xml:"launch,attr"`
	Texts  []string `xml:"visual>binding>text"`
	Audio  *struct {
		Silent bool `xml:"silent,attr"`
	} `xml:"audio"`
	Others []struct {
		XMLName xml.Name
	} `xml:",any"`
}

func TestTextOfANotificationStaysText(t *testing.T) {
	for _, text := range []string{
		"Rent received: $1,450.00", `</text><action activationType="protocol" arguments="calc:"/>`, "]]><image src='http://x/'/>", "&amp; <b>", "Łukasz 😀\nline", "$(calc); `calc`",
	} {
		var got shown
		source := toast(core.Notice{Title: text, Body: text + "!", Silent: true}, 7)
		if err := xml.Unmarshal([]byte(source), &got); err != nil {
			t.Errorf("%q: %v in %s", text, err, source)
			continue
		}
		if len(got.Texts) != 2 || got.Texts[0] != text || got.Texts[1] != text+"!" || got.Launch != "7" || got.Audio == nil || len(got.Others) > 0 {
			t.Errorf("%q is read as %+v", text, got)
		}
	}
	if source := toast(core.Notice{Title: "a\x00\xff\x1b"}, 1); xml.Unmarshal([]byte(source), new(shown)) != nil {
		t.Errorf("what XML cannot hold gives %q", source)
	}
}

func TestPressOpensItsNotificationOnce(t *testing.T) {
	d := New(nil)
	var opened []int
	for id := range uint32(3) {
		d.presses.wait(id+1, func() { opened = append(opened, int(id+1)) })
	}
	for _, id := range []string{"2", "2", "", "9", "-1", "x", "4294967297"} {
		d.pressed(id)
	}
	if len(opened) != 1 || opened[0] != 2 {
		t.Errorf("opened %v, want 2", opened)
	}
	if err := d.Close(); err != nil {
		t.Error(err)
	}
	if d.pressed("1"); len(opened) != 1 {
		t.Error("a press counts after the end")
	}
}

// TestNotificationThatCannotBeShownIsNotLeftToFyne runs everywhere, and where no
// notification can be shown, as under Wine, it meets the error.
func TestNotificationThatCannotBeShownIsNotLeftToFyne(t *testing.T) {
	d := New(nil)
	for range 2 {
		err := d.Notify(t.Context(), core.Notice{Title: "Title", Body: "Body", Silent: true})
		if errors.Is(err, core.ErrNoNotifier) {
			t.Errorf("Fyne would show it: %v", err)
		}
		if err != nil && os.Getenv("RENTBELL_TEST_TOAST") != "" { // set where Windows is a real one
			t.Errorf("Windows does not take it: %v", err)
		}
	}
	key, err := registry.OpenKey(registry.CURRENT_USER, aboutKey, registry.QUERY_VALUE)
	if err != nil {
		t.Fatal(err)
	}
	defer key.Close()
	for name, want := range map[string]string{"DisplayName": "Rentbell", "CustomActivator": activator} {
		if got, _, err := key.GetStringValue(name); err != nil || got != want {
			t.Errorf("%s is %q, %v; want %q", name, got, err, want)
		}
	}
}
