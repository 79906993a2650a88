/** What is known of the functions that notebooks call; what is not named here may change what it is given. */

/** Names that are there in every kernel. */
const builtins = new Set(
  `ArithmeticError AssertionError AttributeError BaseException BlockingIOError BufferError Ellipsis EOFError
Exception False FileExistsError FileNotFoundError FloatingPointError FutureWarning DeprecationWarning UserWarning
RuntimeWarning Warning IOError ImportError IndentationError IndexError InterruptedError IsADirectoryError KeyError
KeyboardInterrupt LookupError MemoryError ModuleNotFoundError NameError None NotADirectoryError NotImplemented
NotImplementedError OSError OverflowError PermissionError ProcessLookupError RecursionError ReferenceError
RuntimeError StopAsyncIteration StopIteration SyntaxError SystemError SystemExit TimeoutError True TypeError
UnboundLocalError UnicodeDecodeError UnicodeEncodeError UnicodeError ValueError ZeroDivisionError ExceptionGroup
abs aiter all anext any ascii bin bool breakpoint bytearray bytes callable chr classmethod compile complex delattr
dict dir divmod enumerate eval exec exit filter float format frozenset getattr globals hasattr hash help hex id
input int isinstance issubclass iter len list locals map max memoryview min next object oct open ord pow print
property quit range repr reversed round set setattr slice sorted staticmethod str sum super tuple type vars zip
display get_ipython __name__ __file__ __doc__ __builtins__ __import__ __build_class__ __debug__`.split(
    /\s+/,
  ),
);

export function isBuiltin(name: string): boolean {
  return builtins.has(name);
}

/** What earlier cells showed, by number or the last. */
export const isOutputHistory = /^(?:_{1,3}|_i{1,3}|_i?\d+|In|Out|_ih|_oh|_dh)$/;

/** Of modules whose functions leave their arguments as they were, unless `changesArguments` says so. */
const pureModule =
  /^(?:numpy|pandas|scipy|math|cmath|statistics|itertools|functools|operator|collections|json|re|string|textwrap|datetime|decimal|fractions|copy|typing|dataclasses|enum|abc|pathlib|os|sys|time|pprint|hashlib|base64|calendar|io|warnings|logging|inspect|types|numbers|contextlib|csv|heapq|bisect|random|secrets|uuid|pickle|glob|shutil|tempfile|unicodedata|difflib|html|urllib|zlib|gzip|struct|array|platform|sympy|networkx|polars|pyarrow|matplotlib|seaborn|plotly|bokeh|altair|IPython|ipywidgets|tqdm|tabulate|sklearn|statsmodels|skimage|cv2|PIL|torch|torchvision|tensorflow|keras|jax|transformers|datasets|xgboost|lightgbm|catboost)(?:\.|$)/;
const changesArguments =
  /(?:^|\.)(?:shuffle|fill_diagonal|put|place|copyto|putmask|heappush|heappop|heapify|heapreplace|heappushpop|insort|insort_left|insort_right|setattr|setitem|delitem|ireduce|iadd|dump|fit\w*|train\w*|cross_\w+|clip_grad\w*|\w+_)$/;

export function leavesArguments(qualified: string): boolean {
  return pureModule.test(qualified) && !changesArguments.test(qualified);
}

/** Everything of such a module can be taken in without replacing names of one's own. */
export function isKnownModule(module: string): boolean {
  return pureModule.test(module);
}

/** Methods that leave what they are called on as it was, whatever that is. */
const pureMethods = new Set(
  `abs agg aggregate all any apply applymap argmax argmin argsort asfreq assign astype at_time as_posix capitalize
casefold center clip combine conj copy corr count cov cummax cummin cumprod cumsum decode describe diff difference
dot drop drop_duplicates dropna dtype duplicated encode endswith eq equals eval ewm expand expandtabs explode
factorize fillna filter find findall finditer first_valid_index flatten format format_map fullmatch ge get
get_group group groupby groupdict groups gt head hexdigest hour idxmax idxmin index info interpolate
intersection isalnum isalpha isascii isdecimal isdigit isdisjoint isin isna isnull isidentifier islower isnumeric
isoformat isspace issubset issuperset istitle isupper items iterrows itertuples join keys kurt last le len ljust
lower lstrip lt mad map mask match max mean median melt merge min mode most_common mul nbytes ndim ne nlargest notna
notnull nsmallest nunique partition pct_change pipe pivot pivot_table plot prod product quantile query rank ravel
reindex rename repeat replace resample reset_index reshape rfind rindex rjust rolling round rpartition rsplit
rstrip search select_dtypes sem set_index shape shift size skew sort_index sort_values split splitlines squeeze
stack startswith std strftime strip sub substitute sum swapaxes swapcase symmetric_difference tail take title
to_dict to_frame to_list to_numpy to_records to_string to_markdown to_html to_json tobytes today tolist total trace
translate transpose tz_convert tz_localize union unique unstack upper value_counts values var view where
xs zfill total_seconds timestamp date weekday isoweekday toordinal hexversion bit_length as_integer_ratio
is_integer conjugate getvalue elements maketrans exists is_file is_dir with_suffix with_name joinpath relative_to
resolve iterdir glob rglob stat read_text read_bytes mkdir cpu numpy item detach parameters state_dict dim numel
predict predict_proba decision_function score transform inverse_transform get_params`.split(/\s+/),
);

export function isPureMethod(name: string): boolean {
  return pureMethods.has(name);
}

/** Methods that change only what they are called on, not what it contains. */
export const changesReceiver =
  /^(?:append|extend|insert|pop|popitem|remove|discard|clear|sort|reverse|add|update|setdefault|appendleft|extendleft|popleft|rotate|subtract|move_to_end|fill|write|writelines|writerow|writerows|writeheader|close|flush|read|readline|readlines|seek)$/;
/** Of those, the ones that put their arguments into it. */
export const keepsArguments =
  /^(?:append|extend|insert|add|update|setdefault|appendleft|extendleft)$/;

/** Methods that may give back a part of what they are called on. */
export const givesPart =
  /^(?:get|items|values|keys|pop|popitem|setdefault|get_group|groupby|view|reshape|ravel|squeeze|transpose|swapaxes|head|tail|iterrows|itertuples|parameters|state_dict|group|groups|query|loc|iloc)$/;

/** Functions of Python itself, by what their result may refer to. */
export const givesNew =
  /^(?:print|len|int|float|str|bool|complex|round|abs|repr|ord|chr|hash|type|isinstance|issubclass|any|all|format|id|hex|oct|bin|callable|hasattr|ascii|bytes|range|divmod|pow|help|display|dir)$/;
export const givesContainer =
  /^(?:list|tuple|set|frozenset|dict|sorted|map|filter|zip|enumerate|reversed|iter|sum)$/;
export const givesIterator =
  /^(?:iter|map|filter|zip|enumerate|reversed|open|csv\.(?:reader|DictReader)|itertools\..*|os\.scandir|os\.walk)$/;
/** They do not use up an iterator. */
export const leavesIterator =
  /^(?:print|len|type|isinstance|repr|id|callable|hasattr|str|display|zip|map|filter|enumerate)$/;

/** They show or keep the order in which items come. */
export const takesOrder =
  /^(?:print|list|tuple|enumerate|iter|next|zip|map|filter|reversed|str|repr|join|array|Series|DataFrame|pop|dumps|choice|sample|islice|chain)$/;

/** The kind of hidden random numbers that a function draws, if it does. */
export function drawsFrom(
  qualified: string,
  keywords: ReadonlyMap<string, string>,
): string | undefined {
  const seed = keywords.get('random_state') ?? keywords.get('seed');
  if (seed !== undefined && seed !== 'None') return undefined;
  if (/^random\.(?!Random$|SystemRandom$|seed$|getstate$)/.test(qualified)) return 'random';
  if (
    /^numpy\.random\.(?!default_rng$|Generator$|RandomState$|SeedSequence$|PCG64$|MT19937$|Philox$|seed$|get_state$)/.test(
      qualified,
    )
  ) {
    return 'numpy';
  }
  if (
    /^torch\.(?:rand|randn|randint|randperm|normal|bernoulli|multinomial|nn\.|utils\.data)/.test(
      qualified,
    )
  ) {
    return 'torch';
  }
  if (/^(?:tensorflow|keras)\.(?:random|keras|layers|initializers)/.test(qualified))
    return 'tensorflow';
  if (
    /^sklearn\..*(?:train_test_split|shuffle|resample|Forest|ExtraTree|Boosting|SGD|Perceptron|MLP|KMeans|ShuffleSplit|RandomizedSearch|DecisionTree|TSNE|make_\w+|Bagging|NMF|Mixture)/.test(
      qualified,
    )
  ) {
    return 'numpy';
  }
  return undefined;
}

/** The kinds of hidden random numbers that a function seeds. */
export function seeds(qualified: string, positionalCount: number): string | undefined {
  // `seed()` takes what it seeds with from the clock.
  if (positionalCount === 0) return undefined;
  if (/^random\.(?:seed|setstate)$/.test(qualified)) return 'random';
  if (/^numpy\.random\.(?:seed|set_state)$/.test(qualified)) return 'numpy';
  if (/^torch\.(?:manual_seed|random\.manual_seed|set_rng_state)$/.test(qualified)) return 'torch';
  if (/^tensorflow\.random\.set_seed$/.test(qualified)) return 'tensorflow';
  return undefined;
}

const fromOutside =
  /^(?:time\.(?:time|perf_counter|monotonic|process_time|time_ns|perf_counter_ns|ctime|localtime|gmtime|strftime|asctime)|datetime\.(?:datetime\.(?:now|today|utcnow)|date\.today)|uuid\.uuid[14]|secrets\.\w+|os\.(?:urandom|getpid|times|cpu_count|system|popen|environ\.get|getenv)|random\.SystemRandom|subprocess\.\w+|requests\.\w+|urllib\.request\.\w+|urllib3\.\w+|httpx\.\w+|socket\.\w+|getpass\.\w+|platform\.\w+|psutil\.\w+|tempfile\.\w+|pandas\.Timestamp\.(?:now|today)|timeit\.\w+|input|id|breakpoint)$/;

/** Whether its result comes from outside of the notebook: the clock, the user, a network. */
export function isFromOutside(qualified: string, positionalCount: number): boolean {
  if (fromOutside.test(qualified)) return true;
  const unseeded = /^(?:random\.(?:Random|seed)|numpy\.random\.(?:default_rng|RandomState|seed))$/;
  return positionalCount === 0 && unseeded.test(qualified);
}

/** Whether it changes how results are shown, or another setting of the whole kernel. */
export function changesSettings(qualified: string): boolean {
  return /(?:^|\.)(?:set_option|reset_option|set_printoptions|set_theme|set_style|set_palette|set_context|filterwarnings|simplefilter|basicConfig|setLevel|use|rc|rcdefaults|seterr|set_default_dtype|set_float_precision|setlocale|getLogger|setrecursionlimit|set_matplotlib_formats|init_printing|set)$/.test(
    qualified,
  );
}

/** How a function or method touches a file: `list` only the names of a folder. */
export function touchesFile(
  name: string,
  mode: string | undefined,
): 'read' | 'write' | 'append' | 'list' | undefined {
  if (name === 'open') {
    if (mode === undefined || /^r[bt]?$/.test(mode) || !/^[rwaxbt+]+$/.test(mode)) return 'read';
    return /a|\+/.test(mode) ? 'append' : 'write';
  }
  if (
    /^(?:read_(?:text|bytes|csv|json|excel|parquet|table|pickle|feather|html|hdf|fwf|sql\w*)|load|loadtxt|genfromtxt|fromfile|imread|exists|is_file|stat|getsize|isfile|copy2?|copyfile)$/.test(
      name,
    )
  ) {
    return 'read';
  }
  if (
    /^(?:write_(?:text|bytes)|to_(?:csv|excel|parquet|pickle|feather|hdf|sql)|save|savez|savetxt|tofile|savefig|imwrite|imsave|touch|unlink|remove|rename|rmtree|move|urlretrieve)$/.test(
      name,
    )
  ) {
    return 'write';
  }
  if (/^(?:iterdir|glob|rglob|listdir|scandir|walk|iglob)$/.test(name)) return 'list';
  return undefined;
}

/** It runs code that the analysis does not see. */
export const runsAnything =
  /^(?:exec|eval|compile|get_ipython|globals|locals|vars|__import__|importlib\.reload|runpy\.\w+)$/;
