package launch

import (
	"runtime"
	"testing"
)

func TestDataStaysOnThisComputer(t *testing.T) {
	usual := map[string]string{
		"windows": `C:\Users\ana\AppData\Local\Rentbell`,
		"darwin":  "/Users/ana/Library/Application Support/rentbell",
	}
	want, other := usual[runtime.GOOS]
	if !other {
		want = "/home/ana/.config/rentbell"
	}
	for name, value := range map[string]string{
		"LocalAppData": `C:\Users\ana\AppData\Local`, "AppData": `C:\Users\ana\AppData\Roaming`,
		"HOME": "/Users/ana", "XDG_CONFIG_HOME": "/home/ana/.config",
	} {
		t.Setenv(name, value)
	}
	if got, err := DefaultDir(); err != nil || got != want {
		t.Errorf("%q, %v; want %q", got, err, want)
	}
}
