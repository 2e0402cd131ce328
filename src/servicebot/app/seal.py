"""Opens the keys that seal the stores."""

from servicebot.adapters.sealing.aes_gcm import AesGcmSeal
from servicebot.adapters.sealing.key_sources import from_command, from_file, own_file
from servicebot.adapters.sealing.master_keys import MasterKeys
from servicebot.ports.clock import Clock
from servicebot.settings import Store


def open_keys(store: Store, clock: Clock) -> MasterKeys:
    """The keys of the settings; a file beside the store where nothing is set.

    Raises:
        StartError: They cannot be read.
    """
    if store.keys_command:
        return MasterKeys(from_command(store.keys_command), clock)
    return MasterKeys(from_file(store.keys_file or own_file(store.dir)), clock)


def open_seal(store: Store, clock: Clock) -> AesGcmSeal:
    """The seal with these keys, for a command that ends before they change.

    Raises:
        StartError: They cannot be read.
    """
    return AesGcmSeal(open_keys(store, clock))
